/** Pictures in full, above everything; loaded when one is first opened. */
export { default as Lightbox } from './Lightbox.vue'
