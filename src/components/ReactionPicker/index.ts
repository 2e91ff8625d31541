/** All emoji as reactions, loaded when somebody asks for more than the first ones. */
export { default as ReactionPicker } from './ReactionPicker.vue'
