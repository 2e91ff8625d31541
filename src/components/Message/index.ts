/** One message, and what shows its parts. */
export { default as MessageRoot } from './MessageRoot.vue'
export { default as MessageBubble } from './MessageBubble.vue'
export { default as MessageTicks } from './MessageTicks.vue'
export { default as PictureFrame } from './PictureFrame.vue'
export { provideMessageRenderers, useMessageRenderers } from './messageRenderers'
export type { MessageRenderers, PartOf, PartRendererProps } from './messageRenderers'
export { useNoticeNames } from './useNoticeNames'
