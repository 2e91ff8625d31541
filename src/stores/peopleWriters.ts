import type { Pinia } from 'pinia'
import type { EpochMs, Group, GroupApplication, GroupId, Member, Patch, Profile, UserId } from '../model'
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
    const next = new Map(groups.membersById.get(id)?.byId)
    change(next)
    groups.membersById.set(id, { byId: next, state })
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
      changeMembers(id, () => {}, state)
    },
    /** The whole list, as read from the backend. */
    listMembers(id: GroupId, members: readonly Member[]): void {
      groups.membersById.set(id, {
        byId: new Map(members.map((member) => [member.userId, member])),
        state: 'ready',
      })
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
    putApplications(applications: readonly GroupApplication[]): void {
      applications.forEach((application) => groups.applicationById.set(application.id, application))
    },
  }
}
