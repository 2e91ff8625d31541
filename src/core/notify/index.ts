/** What rings, and for whom. */
export { isHeard } from './isHeard'
export { unreadTotal } from './unreadTotal'
