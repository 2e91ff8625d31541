import type { Pinia } from 'pinia'
import type {
  Cursor,
  EpochMs,
  Group,
  GroupApplication,
  GroupId,
  Member,
  Patch,
  Profile,
  Texts,
  UserId,
} from '../model'
import { useGroupStore } from './groupStore'
import type { GroupMembers } from './groupStore'
import { patched } from '../core/patches'
import { useProfileStore } from './profileStore'

/** What was found and what does not exist, and when that was heard. */
interface Answer<T> {
  readonly found: readonly T[]
  readonly missing: readonly string[]
  readonly heardAt: EpochMs
}
interface Nouns<T> {
  readonly byId: Map<string, T>
  readonly missingIds: Set<string>
  readonly heardAtById: Map<string, EpochMs>
}

/** What this machine kept never takes the place of what was heard since. */
function take<T extends { readonly id: string }>(
  nouns: Nouns<T>,
  answer: Answer<T>,
  isCached: boolean,
): void {
  const { byId, missingIds, heardAtById } = nouns
  const isHeard = (id: string) => isCached && heardAtById.has(id)
  for (const noun of answer.found) {
    if (isHeard(noun.id)) continue
    byId.set(noun.id, isCached ? { ...noun, ...byId.get(noun.id) } : noun)
    missingIds.delete(noun.id)
    heardAtById.set(noun.id, answer.heardAt)
  }
  for (const id of answer.missing) {
    if (isHeard(id) || (isCached && byId.has(id))) continue
    missingIds.add(id)
    heardAtById.set(id, answer.heardAt)
  }
}

/** What changes profiles, groups and members. */
export function peopleWriters(pinia: Pinia) {
  const profiles = useProfileStore(pinia)
  const groups = useGroupStore(pinia)

  function changeMembers(
    id: GroupId,
    change: (byId: Map<UserId, Member>) => void,
    state: GroupMembers['state'],
  ): void {
    const { byId, ...known } = groups.membersById.get(id) ?? {}
    const changed = new Map(byId)
    change(changed)
    groups.membersById.set(id, { ...known, byId: changed, state })
  }

  return {
    patchProfile(patch: Patch<Profile, 'id'>): void {
      profiles.byId.set(patch.id, patched(profiles.byId.get(patch.id), patch))
      profiles.missingIds.delete(patch.id)
    },
    /** Takes whole profiles as their owner holds them. */
    takeProfiles(answer: Answer<Profile>, isCached: boolean): void {
      take(profiles, answer, isCached)
    },
    patchGroup(patch: Patch<Group, 'id'>): void {
      groups.byId.set(patch.id, patched(groups.byId.get(patch.id), patch))
      groups.missingIds.delete(patch.id)
    },
    /** Takes whole groups as the backend holds them. */
    takeGroups(answer: Answer<Group>, isCached: boolean): void {
      take(groups, answer, isCached)
    },
    setMembersState(id: GroupId, state: GroupMembers['state']): void {
      const known = groups.membersById.get(id)
      groups.membersById.set(id, { byId: new Map(), ...known, state })
    },
    /** The list as read from the backend: its beginning, or what comes behind what is known. */
    listMembers(id: GroupId, members: readonly Member[], isMore: boolean, next: Cursor | undefined): void {
      const byId = new Map(isMore ? groups.membersById.get(id)?.byId : [])
      members.forEach((member) => byId.set(member.userId, member))
      groups.membersById.set(id, { byId, state: 'ready', ...(next !== undefined && { next }) })
    },
    /** What this machine kept, until the backend is asked. */
    recallMembers(id: GroupId, members: readonly Member[]): void {
      if (groups.membersById.has(id) || members.length === 0) return
      const byId = new Map(members.map((member) => [member.userId, member]))
      groups.membersById.set(id, { byId, state: 'ready', isDoubtful: true })
    },
    /** Changes of members may have been missed. */
    doubtMembers(): void {
      for (const [id, known] of groups.membersById) {
        groups.membersById.set(id, {
          ...known,
          state: known.state === 'failed' ? 'ready' : known.state,
          isDoubtful: true,
        })
      }
    },
    /** Changes of members matter only where the list is shown. */
    patchMembers(id: GroupId, members: readonly Patch<Member, 'userId'>[]): void {
      const known = groups.membersById.get(id)
      if (!known) return
      changeMembers(
        id,
        (byId) =>
          members.forEach((member) => byId.set(member.userId, patched(byId.get(member.userId), member))),
        known.state,
      )
    },
    removeMembers(id: GroupId, userIds: readonly UserId[]): void {
      const known = groups.membersById.get(id)
      if (known) changeMembers(id, (byId) => userIds.forEach((userId) => byId.delete(userId)), known.state)
    },
    /** `isWhole`: read on purpose; otherwise it counts only where it was read before. */
    changeAttributes(id: GroupId, set: Texts, deleted: readonly string[], isWhole: boolean): void {
      const known = groups.attributesById.get(id)
      if (!known && !isWhole) return
      const entries = Object.entries({ ...known, ...set }).filter(([key]) => !deleted.includes(key))
      groups.attributesById.set(id, Object.fromEntries(entries))
    },
    /** As `changeAttributes`. */
    changeCounters(id: GroupId, counters: Readonly<Record<string, number>>, isWhole: boolean): void {
      const known = groups.countersById.get(id)
      if (known || isWhole) groups.countersById.set(id, { ...known, ...counters })
    },
    seeAnnouncement(id: GroupId, text: string): void {
      groups.seenAnnouncementById.set(id, text)
    },
    putApplications(applications: readonly GroupApplication[]): void {
      applications.forEach((application) => groups.applicationById.set(application.id, application))
    },
  }
}
