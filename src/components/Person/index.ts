/** A person in a list. */
export { default as PersonOption } from './PersonOption.vue'
