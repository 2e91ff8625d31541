/** How far each user has received and read. */
export { fartherMark, isCovered, readMark } from './readMark'
export type { ReadMark } from './readMark'
