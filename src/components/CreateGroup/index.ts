/** The button that makes a group, and the steps that lead to it. */
export { default as CreateGroup } from './CreateGroup.vue'
export { default as CreateGroupForm } from './CreateGroupForm.vue'
