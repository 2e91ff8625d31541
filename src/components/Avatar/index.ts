/** The picture or the initials of somebody. */
export { default as Avatar } from './Avatar.vue'
export { provideHeldAvatars } from './heldAvatars'
