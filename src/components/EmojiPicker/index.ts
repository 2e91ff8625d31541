/** All emoji, to choose one from; a chunk of its own, as its data is. */
export { default as EmojiPicker } from './EmojiPicker.vue'
/** The same in a dialog of its own. */
export { default as EmojiDialog } from './EmojiDialog.vue'
