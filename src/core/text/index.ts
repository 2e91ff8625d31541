/** What text is: how it is cleaned, measured and cut so that it means the same on every platform. */
export { foldText, occurrences } from './foldText'
export type { Stretch } from './foldText'
export { normaliseText } from './normaliseText'
export { truncateToBytes, utf8ByteLength } from './utf8'
