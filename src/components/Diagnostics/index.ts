/** What helps to find a fault, and a report of it. */
export { default as Diagnostics } from './DiagnosticsRoot.vue'
