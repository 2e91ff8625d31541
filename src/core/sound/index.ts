/** What of the things that others tell may be taken in: backends, the cache of this machine, other tabs. */
export { ERROR_KINDS } from './soundError'
export { soundEvent } from './soundEvent'
export { soundMessage, soundParts, soundTime } from './soundMessage'
export { soundPage } from './soundPage'
export { soundGroup, soundMember, soundProfile } from './soundPeople'
export { Tally } from './tally'
