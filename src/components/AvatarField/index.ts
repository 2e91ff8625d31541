/** A picture of a person or a group, chosen from this machine or named by its address. */
export { default as AvatarField } from './AvatarField.vue'
