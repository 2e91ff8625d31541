/** A stretch of a panel with a title of its own. */
export { default as PanelSection } from './PanelSection.vue'
