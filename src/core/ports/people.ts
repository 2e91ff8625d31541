import type {
  BatchResult,
  Contact,
  Cursor,
  FriendRequest,
  Listener,
  Page,
  Patch,
  Profile,
  Stop,
  UserId,
} from '../../model'

/** A facet given by the app brings its own events; the transport's events of that area are then dropped. */
export interface Replaceable {
  subscribe?(listener: Listener): Stop
}
/** Who people are. */
export interface ProfilesFacet extends Replaceable {
  /** How many ids one `fetch` may carry. */
  readonly batchSize: number
  /** Whose changes come by event: the others go stale. */
  readonly pushes: 'none' | 'contacts' | 'all'
  /** An id in neither list was not answered and may be asked for again. */
  fetch(
    ids: readonly UserId[],
  ): Promise<{ readonly found: readonly Profile[]; readonly missing: readonly UserId[] }>
  updateOwn?(patch: Patch<Profile, 'id'>): Promise<void>
  findUsers?(text: string, cursor?: Cursor): Promise<Page<Profile>>
}
/** Friends, requests and the blocklist. */
export interface ContactsFacet extends Replaceable {
  list(cursor?: Cursor): Promise<Page<Contact>>
  requests(cursor?: Cursor): Promise<Page<FriendRequest>>
  ask(contact: Contact, wording?: string, source?: string): Promise<'added' | 'pending'>
  answer(requestId: string, verdict: 'accept' | 'accept-and-add' | 'refuse', remark?: string): Promise<void>
  remove(userIds: readonly UserId[]): Promise<BatchResult>
  deleteRequest?(requestId: string): Promise<void>
  markRequestsRead?(): Promise<void>
  update?(patch: Patch<Contact, 'userId'>): Promise<void>
  /** As `conversations.setFolder`. */
  setFolder?(name: string, userIds: readonly UserId[], from?: string): Promise<BatchResult>
  blocked?(): Promise<readonly UserId[]>
  setBlocked?(userIds: readonly UserId[], isBlocked: boolean): Promise<BatchResult>
}
/** Who is there. */
export interface PresenceFacet extends Replaceable {
  /** Answers by events, the first at once; the returned function ends the interest. */
  watch(userIds: readonly UserId[]): Stop
  setOwn?(status: string): Promise<void>
}
