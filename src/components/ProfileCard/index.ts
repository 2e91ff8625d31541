/** Who somebody is, how one stands with him, and what can be done. */
export { default as ProfileCard } from './ProfileCardRoot.vue'
