/** The menu of a message, loaded when it is first asked for. */
export { default as MessageMenu } from './MessageMenu.vue'
