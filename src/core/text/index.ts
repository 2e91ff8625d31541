/** What text is: how it is cleaned, measured and cut so that it means the same on every platform. */
export { normaliseText } from './normaliseText'
export { truncateToBytes, utf8ByteLength } from './utf8'
