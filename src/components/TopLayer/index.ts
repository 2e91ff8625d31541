/** A layer above everything, in the theme of the place it stands in. */
export { default as TopLayer } from './TopLayer.vue'
