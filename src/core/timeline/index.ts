/** The ordered messages of one conversation: order, identity, pages, live messages and own queued ones. */
export { compareOrder } from './order'
export { Timeline } from './timeline'
export type { TimelineEntry, TimelineState } from './timeline'
