/** Looking for groups one is not in, and coming in. */
export { default as SavedGroups } from './SavedGroups.vue'
export { default as FindGroups } from './FindGroups.vue'
