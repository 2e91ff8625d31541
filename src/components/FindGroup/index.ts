/** Looking for groups one is not in, and coming in. */
export { default as FindGroups } from './FindGroups.vue'
