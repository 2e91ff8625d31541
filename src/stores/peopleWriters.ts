import type { Pinia } from 'pinia'
import type { Contact, Group, GroupId, Member, Patch, Profile, UserId } from '../model'
import { useGroupStore } from './groupStore'
import type { GroupMembers } from './groupStore'
import { patched } from '../core/patches'
import { useProfileStore } from './profileStore'

/** What changes profiles, contacts, groups and members. */
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

  /** Takes the whole profile as the backend holds it. */
  function putProfile(profile: Profile): void {
    profiles.byId.set(profile.id, profile)
    profiles.missingIds.delete(profile.id)
  }

  /** Takes the whole group as the backend holds it. */
  function putGroup(group: Group): void {
    groups.byId.set(group.id, group)
    groups.missingIds.delete(group.id)
  }

  return {
    patchProfile(patch: Patch<Profile, 'id'>): void {
      putProfile(patched(profiles.byId.get(patch.id), patch))
    },
    putProfile,
    addMissingProfiles(ids: readonly UserId[]): void {
      for (const id of ids) profiles.missingIds.add(id)
    },
    patchGroup(patch: Patch<Group, 'id'>): void {
      putGroup(patched(groups.byId.get(patch.id), patch))
    },
    putGroup,
    addMissingGroups(ids: readonly GroupId[]): void {
      for (const id of ids) groups.missingIds.add(id)
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
    patchContact(patch: Patch<Contact, 'userId'>): void {
      profiles.contactById.set(patch.userId, patched(profiles.contactById.get(patch.userId), patch))
    },
    removeContact(userId: UserId): void {
      profiles.contactById.delete(userId)
    },
  }
}
