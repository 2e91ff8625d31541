/** The one menu of the kit. It stands on a library that is worth loading only when a menu is asked for. */
export { default as MenuList } from './MenuList.vue'
export type { MenuItem, MenuPlace } from './menuItem'
