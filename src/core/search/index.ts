/** What a search for messages means, wherever it is done. */
export { createMatcher } from './matcher'
export type { Sought } from './matcher'
