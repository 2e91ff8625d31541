/** The screen of those who run a group, and a dialog around it. */
export { default as GroupAdmin } from './GroupAdminScreen.vue'
export { default as GroupAdminDialog } from './GroupAdminDialog.vue'
