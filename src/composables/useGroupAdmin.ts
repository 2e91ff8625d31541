import { computed, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { groupRights, groupRules, outranks } from '../core/groups'
import type { GroupPowers } from '../core/groups'
import type { Ability } from '../core/ports'
import { normaliseText, utf8ByteLength } from '../core/text'
import type {
  BatchResult,
  EpochMs,
  Group,
  GroupApplication,
  GroupId,
  LimitName,
  Member,
  Openness,
  Patch,
  UserId,
} from '../model'
import { useGroupStore, useProfileStore, useSessionStore } from '../stores'
import { useChatKit } from './kitContext'
import { useListedMembers } from './listedMembers'
import { useInterest } from './useInterest'

/** What can be done with a group or in it. */
export type GroupTask =
  | 'editProfile'
  | 'editSettings'
  | 'muteAll'
  | 'approve'
  | 'setAdmins'
  | 'transfer'
  | 'mute'
  | 'kick'
  | 'ban'
  | 'setNameCards'
  | 'setOwnCard'
  | 'save'
  | 'quit'
  | 'dissolve'

/** The texts of a group's profile. */
export type GroupTextField = 'name' | 'avatar' | 'intro' | 'announcement'

/** How long what is done to somebody lasts; 'forever': until somebody lifts it. */
export type Lasting = { readonly forMs: number } | 'forever'

/** A group as those see it who run it. */
export interface GroupAdminView {
  readonly group: ComputedRef<Group | undefined>
  /** Owner first, then admins, then the others as the backend lists them. */
  readonly members: ComputedRef<readonly Member[]>
  readonly membersState: ComputedRef<'loading' | 'ready' | 'failed'>
  /** Those that wait for an answer. */
  readonly applications: ComputedRef<readonly GroupApplication[]>
  /** How the door of this type of group can be set. */
  readonly joinings: ComputedRef<readonly Openness[]>
  /** How invitations by members can be set. */
  readonly invitings: ComputedRef<readonly Openness[]>
  /** UTF-8 bytes left of the limit of a field; negative: too long; undefined: no limit is known (I7). */
  bytesLeft(field: GroupTextField, text: string): number | undefined
  /** True where the user may do it, by the rules of the type and by what the backend says; a button exists exactly then. */
  can(task: GroupTask): boolean
  /** True where he may do it to this member. */
  canTo(task: GroupTask, member: Member): boolean
  /** How many can be done something to at once. */
  readonly most: ComputedRef<number>
  /** Mutes have no end here but the one somebody gives them. */
  readonly hasOpenMutesOnly: ComputedRef<boolean>
  /** The same of bans. */
  readonly hasOpenBansOnly: ComputedRef<boolean>
  /** The name of a member as far as it is known: his name card, else his name, else his id. Asks nobody. */
  nameOf(member: Member): string
  /** Asks for the names of all members that are listed. */
  loadNames(): void
  /** Reads the members again. */
  reloadMembers(): void
  /** Changes what is given. */
  update(changes: Omit<Patch<Group, 'id'>, 'id'>): Promise<void>
  setAdmin(userId: UserId, isAdmin: boolean): Promise<BatchResult>
  /** Takes people's voice; null gives it back. */
  mute(userIds: readonly UserId[], how: Lasting | null): Promise<BatchResult>
  /** Puts people out; whoever reads the timeline reads the reason. */
  kick(userIds: readonly UserId[], reason?: string): Promise<BatchResult>
  /** Puts people out and keeps them out for so long; null lets them come back. */
  ban(userIds: readonly UserId[], how: Lasting | null, reason?: string): Promise<BatchResult>
  /** Sets the name card of a member, one's own included; empty: he has none. */
  setNameCard(userId: UserId, nameCard: string): Promise<void>
  setSaved(isSaved: boolean): Promise<void>
  transfer(userId: UserId): Promise<void>
  answer(applicationId: string, verdict: 'accept' | 'refuse'): Promise<void>
  quit(): Promise<void>
  dissolve(): Promise<void>
}

const TASKS: Readonly<Record<GroupTask, readonly [Ability, keyof GroupPowers]>> = {
  editProfile: ['groups.update', 'canEditProfile'],
  editSettings: ['groups.update', 'canEditSettings'],
  muteAll: ['groups.update', 'canMuteAll'],
  approve: ['groups.answer', 'canApprove'],
  setAdmins: ['groups.setRole', 'canSetAdmins'],
  transfer: ['groups.transfer', 'canTransfer'],
  mute: ['groups.setMuted', 'canMute'],
  kick: ['groups.kick', 'canKick'],
  ban: ['groups.setBanned', 'canKick'],
  setNameCards: ['groups.updateMember', 'canKick'],
  setOwnCard: ['groups.updateMember', 'canReadMembers'],
  save: ['groups.setSaved', 'canReadMembers'],
  quit: ['groups.quit', 'canQuit'],
  dissolve: ['groups.dissolve', 'canDissolve'],
}
/** One ability stands for several tasks: which of them, only the rights tell. Elsewhere the backend has the last word. */
const BY_RIGHTS: ReadonlySet<GroupTask> = new Set(['editProfile', 'editSettings', 'muteAll', 'setNameCards'])
const LIMIT_OF: Readonly<Record<GroupTextField, LimitName>> = {
  name: 'groupNameBytes',
  avatar: 'avatarUrlBytes',
  intro: 'groupIntroBytes',
  announcement: 'announcementBytes',
}
const RANKS = { owner: 0, admin: 1, member: 2 }

/** Runs a group: what is known of it, what the user may do there, and the doing. */
export function useGroupAdmin(groupId: MaybeRefOrGetter<GroupId>): GroupAdminView {
  const kit = useChatKit()
  const store = useGroupStore(kit.pinia)
  const profiles = useProfileStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const id = computed(() => toValue(groupId))
  const group = computed(() => store.byId.get(id.value))
  const role = computed(() => group.value?.me?.role)
  const { listed, hasList, load } = useListedMembers(kit, () => id.value)
  const isOnline = computed(() => session.session.state === 'online')
  useInterest(kit, 'watchGroups', () => [id.value])

  watch(
    () => isOnline.value && can('approve') && id.value,
    (isWanted) => {
      // They come by event too; without the old ones the list is only shorter.
      if (isWanted) kit.dispatch({ type: 'loadApplications' }).catch(() => {})
    },
    { immediate: true },
  )

  function can(task: GroupTask): boolean {
    const [ability, power] = TASKS[task]
    if (!group.value || role.value === undefined) return false
    const isOwn = task === 'setOwnCard'
    const verdict = kit.can(ability, { groupId: id.value, ...(isOwn && { userId: kit.userId }) })
    if (typeof verdict === 'object') return false
    const isForRights = BY_RIGHTS.has(task) || verdict === 'try'
    return !isForRights || groupRights(group.value.type, role.value)[power]
  }
  function canTo(task: GroupTask, member: Member): boolean {
    return role.value !== undefined && outranks(role.value, member.role) && can(task)
  }
  function untilOf(how: Lasting | null): EpochMs | 'forever' | null {
    return how === null || how === 'forever' ? how : kit.clock.now() + session.clockOffsetMs + how.forMs
  }
  /** Where it went wrong with all, the first refusal is the answer. */
  async function settled(result: Promise<BatchResult>): Promise<BatchResult> {
    const { done, pending, failed } = await result
    const [first] = failed
    if (first && done.length + pending.length === 0) throw first.error
    return { done, pending, failed }
  }

  return {
    group,
    members: computed(() =>
      [...(listed.value?.byId.values() ?? [])].sort((a, b) => RANKS[a.role] - RANKS[b.role]),
    ),
    membersState: computed(() => listed.value?.state ?? (group.value && !hasList() ? 'ready' : 'loading')),
    applications: computed(() =>
      [...store.applicationById.values()].filter(
        ({ groupId: of, state, kind }) => of === id.value && state === 'pending' && kind !== 'invites-me',
      ),
    ),
    most: computed(() => kit.limits({ groupId: id.value }).inviteCount ?? Infinity),
    hasOpenMutesOnly: computed(() => kit.groupTraits?.().mutes === 'untimed'),
    hasOpenBansOnly: computed(() => kit.groupTraits?.().bans !== 'timed'),
    joinings: computed(() => (group.value ? groupRules(group.value.type).joinings : [])),
    invitings: computed(() => (group.value ? groupRules(group.value.type).invitings : [])),
    bytesLeft(field, text) {
      // A picture that was uploaded is what the backend has made of it, and no address somebody has typed.
      if (field === 'avatar' && text.startsWith('data:')) return undefined
      const limit = kit.limits({ groupId: id.value })[LIMIT_OF[field]]
      return limit === undefined ? undefined : limit - utf8ByteLength(normaliseText(text))
    },
    can,
    canTo,
    nameOf: ({ userId, nameCard }) => nameCard || profiles.byId.get(userId)?.name || userId,
    loadNames() {
      void kit.dispatch({ type: 'loadProfiles', ids: [...(listed.value?.byId.keys() ?? [])] })
    },
    reloadMembers: () => load(),
    async update(changes) {
      await kit.dispatch({ type: 'updateGroup', patch: { ...changes, id: id.value } })
      // Whoever has written it has read it.
      const { announcement: text } = changes
      if (text) void kit.dispatch({ type: 'seeAnnouncement', groupId: id.value, text })
    },
    setAdmin: (userId, isAdmin) =>
      settled(
        kit.dispatch({
          type: 'setRole',
          groupId: id.value,
          userIds: [userId],
          role: isAdmin ? 'admin' : 'member',
        }),
      ),
    mute: (userIds, how) =>
      settled(kit.dispatch({ type: 'setMuted', groupId: id.value, userIds, until: untilOf(how) })),
    kick: (userIds, reason) =>
      settled(kit.dispatch({ type: 'kickMembers', groupId: id.value, userIds, ...(reason && { reason }) })),
    ban: (userIds, how, reason) =>
      settled(
        kit.dispatch({
          type: 'setBanned',
          groupId: id.value,
          userIds,
          until: untilOf(how),
          ...(reason && { reason }),
        }),
      ),
    setNameCard: (userId, nameCard) =>
      kit.dispatch({
        type: 'updateMember',
        groupId: id.value,
        patch: { userId, nameCard: nameCard === '' ? null : nameCard },
      }),
    setSaved: (isSaved) => kit.dispatch({ type: 'setGroupSaved', groupId: id.value, isSaved }),
    transfer: (toId) => kit.dispatch({ type: 'transferGroup', groupId: id.value, toId }),
    answer: (applicationId, verdict) => kit.dispatch({ type: 'answerApplication', applicationId, verdict }),
    quit: () => kit.dispatch({ type: 'quitGroup', groupId: id.value }),
    dissolve: () => kit.dispatch({ type: 'dissolveGroup', groupId: id.value }),
  }
}
