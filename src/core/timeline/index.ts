/** The ordered messages of one conversation: order, identity, gaps, windows; one pure function merges them. */
export { applyChange, isRightful, tellsItself } from './applyChange'
export { asLast, isNewer } from './lastMessage'
export { mergeMessage } from './mergeMessage'
export { mergeTimeline } from './mergeTimeline'
export type { TimelineInput } from './mergeTimeline'
export { compareOrder } from './order'

export { Timeline } from './timeline'
export type { Gap } from './timeline'
export type { TimelineEntry } from './timelineEntry'
export {
  comparePlaces,
  followLive,
  joinSpan,
  spanAt,
  spansFrom,
  splitUnproven,
  withoutLive,
  withoutSure,
  isSure,
} from './spans'
export type { Place, Span } from './spans'
