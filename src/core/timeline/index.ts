/** The ordered messages of one conversation: order, identity, pages, live messages and own queued ones. */
export { applyChange, isRightful } from './applyChange'
export { mergeMessage } from './mergeMessage'
export { compareOrder } from './order'
export { soundMessage, soundParts, soundTime } from './soundMessage'
export { Timeline } from './timeline'
export type { TimelineState } from './timeline'
export type { TimelineEntry } from './timelineEntry'
