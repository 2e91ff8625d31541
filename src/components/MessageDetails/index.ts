/** All that is known of one message, loaded when somebody asks. */
export { default as MessageDetails } from './MessageDetails.vue'
export { default as ReactorsPopover } from './ReactorsPopover.vue'
