/** Profiles and groups, asked for lazily and many at a time. */
export { isAskableId } from './askableId'
export { isStale } from './freshness'
export type { Known } from './freshness'
export { Lookup } from './lookup'
export type { LookupOptions } from './lookup'
export { SnapshotNotes } from './snapshotNotes'
export { soundGroups, soundProfiles } from './soundAnswers'
