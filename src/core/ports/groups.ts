import type {
  BatchResult,
  Cursor,
  EpochMs,
  Group,
  GroupApplication,
  GroupId,
  GroupType,
  Member,
  Page,
  Patch,
  Texts,
  UserId,
} from '../../model'
import type { Replaceable } from './people'

/** Which members a list is about. */
export interface MemberQuery {
  readonly only?: 'admins' | 'muted' | 'banned' | 'online'
  readonly ids?: readonly UserId[]
  readonly text?: string
}
/** Groups, their members and their rules. */
export interface GroupsFacet extends Replaceable {
  /** Those that can be created here; others found here are shown as the nearest type. */
  readonly types: readonly GroupType[]
  readonly mutes?: 'timed' | 'untimed'
  readonly bans?: 'timed' | 'untimed'
  list(cursor?: Cursor): Promise<Page<Group>>
  fetch(ids: readonly GroupId[]): Promise<readonly Group[]>
  members(groupId: GroupId, query: MemberQuery, cursor?: Cursor): Promise<Page<Member>>
  /** Resolves with a whole group; a half-made one is undone. */
  create(
    group: Omit<Group, 'id' | 'state'> & { readonly id?: GroupId },
    memberIds: readonly UserId[],
  ): Promise<{ readonly group: Group; readonly members: BatchResult }>
  /** In a live room one is a member until `quit` or the end of the session. */
  join(groupId: GroupId, wording?: string): Promise<'joined' | 'pending'>
  quit(groupId: GroupId): Promise<void>
  invite?(groupId: GroupId, userIds: readonly UserId[], wording?: string): Promise<BatchResult>
  dissolve?(groupId: GroupId): Promise<void>
  transfer?(groupId: GroupId, toId: UserId): Promise<void>
  /** Of a `custom` that is a record the keys that are given are written, and null takes one away: others may write theirs at once. */
  update?(patch: Patch<Group, 'id'>): Promise<void>
  setRole?(groupId: GroupId, userIds: readonly UserId[], role: 'admin' | 'member'): Promise<BatchResult>
  setMuted?(
    groupId: GroupId,
    userIds: readonly UserId[],
    until: EpochMs | 'forever' | null,
  ): Promise<BatchResult>
  updateMember?(groupId: GroupId, patch: Patch<Member, 'userId'>): Promise<void>
  kick?(groupId: GroupId, userIds: readonly UserId[], reason?: string): Promise<BatchResult>
  setBanned?(
    groupId: GroupId,
    userIds: readonly UserId[],
    until: EpochMs | 'forever' | null,
    reason?: string,
  ): Promise<BatchResult>
  applications?(cursor?: Cursor): Promise<Page<GroupApplication>>
  answer?(applicationId: string, verdict: 'accept' | 'refuse', wording?: string): Promise<void>
  setSaved?(groupId: GroupId, isSaved: boolean): Promise<void>
  onlineCount?(groupId: GroupId): Promise<number>
  readAttributes?(groupId: GroupId): Promise<Texts>
  writeAttributes?(groupId: GroupId, set: Texts, deleted: readonly string[]): Promise<void>
  readCounters?(groupId: GroupId): Promise<Readonly<Record<string, number>>>
  writeCounter?(
    groupId: GroupId,
    key: string,
    change: { readonly set: number } | { readonly add: number },
  ): Promise<number>
  findGroups?(text: string, cursor?: Cursor): Promise<Page<Group>>
}
