/** A dialog above everything, with its head and its foot. */
export { default as DialogFrame } from './DialogFrame.vue'
/** A question that is answered with yes or not at all. */
export { default as AskDialog } from './AskDialog.vue'
