/** Gives a kit to a subtree, so that several can live on one page. */
export { default as ChatKitProvider } from './ChatKitProvider.vue'
