/** Something is going on. */
export { default as Spinner } from './Spinner.vue'
