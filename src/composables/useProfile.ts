import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { EpochMs, GroupId, UserId } from '../model'
import { useContactStore, useGroupStore, useProfileStore } from '../stores'
import { useChatKit } from './kitContext'
import type { ChatKitContext } from './kitContext'
import { useInterest } from './useInterest'
import type { Interest } from './useInterest'

/** What is shown of a user: at once with what is known, complete when it arrives (G1). */
export interface ShownProfile {
  readonly id: UserId
  /** Remark, else the name card in the group, else the name, else what the message brought, else the id (G5). */
  readonly name: string
  readonly avatar?: string
  readonly signature?: string
}

/** How a profile is looked at. */
export interface ProfileOptions {
  /** The group in which the user is shown: the name card there goes before the name. */
  readonly groupId?: MaybeRefOrGetter<GroupId | undefined>
  /** When the message with the snapshot was sent: where it is newer than the profile, the profile is asked for again. */
  readonly snapshotAt?: MaybeRefOrGetter<EpochMs | undefined>
  /** What is known may be so old at the most when it comes on screen, unless its changes are pushed. */
  readonly maxAgeMs?: number
}

/**
 * The profile of a user, looked up in the background and kept fresh while the component lives, without a network from what
 * this machine kept. Ask only for what is on screen (G2). `snapshotName` and `snapshotAvatar` are what a message brought
 * along, shown where the profile says nothing.
 */
export function useProfile(
  userId: MaybeRefOrGetter<UserId | undefined>,
  snapshotName?: MaybeRefOrGetter<string | undefined>,
  snapshotAvatar?: MaybeRefOrGetter<string | undefined>,
  options: ProfileOptions = {},
): ComputedRef<ShownProfile> {
  const kit = useChatKit()
  const { shownProfile } = createProfileReader(kit)

  function snapshot() {
    const name = toValue(snapshotName)
    const avatar = toValue(snapshotAvatar)
    return { ...(name !== undefined && { name }), ...(avatar !== undefined && { avatar }) }
  }
  function interest(): Interest {
    const at = toValue(options.snapshotAt)
    return {
      ...(options.maxAgeMs !== undefined && { maxAgeMs: options.maxAgeMs }),
      ...(at !== undefined && { snapshot: { ...snapshot(), at } }),
    }
  }
  useInterest(kit, 'watchProfiles', () => [toValue(userId)], interest)
  return computed(() => shownProfile(toValue(userId) ?? '', snapshot(), toValue(options.groupId)))
}

/** Whose stores are read, and for whom. */
export type ProfileSource = Pick<ChatKitContext, 'pinia' | 'userId'>

const readerBySource = new WeakMap<ProfileSource, ReturnType<typeof readerOf>>()

/** Reads profiles that are here; the same reader for all who ask, for a message alone has a few. */
export function createProfileReader(kit: ProfileSource) {
  const known = readerBySource.get(kit) ?? readerOf(kit)
  readerBySource.set(kit, known)
  return known
}

function readerOf(kit: ProfileSource) {
  const store = useProfileStore(kit.pinia)
  const contacts = useContactStore(kit.pinia)
  const groups = useGroupStore(kit.pinia)

  function nameCardOf(id: UserId, groupId: GroupId | undefined): string | undefined {
    if (groupId === undefined) return undefined
    const own = id === kit.userId ? groups.byId.get(groupId)?.me : undefined
    return (groups.membersById.get(groupId)?.byId.get(id) ?? own)?.nameCard
  }

  return {
    /** Every name under which others may point at a user: the one shown, and those behind it. */
    namesOf(id: UserId, groupId?: GroupId): readonly string[] {
      const names = [contacts.byId.get(id)?.remark, nameCardOf(id, groupId), store.byId.get(id)?.name, id]
      return [...new Set(names.filter((name) => name !== undefined && name !== ''))] as readonly string[]
    },
    /** What a user is called where others read it: a remark is one's own affair, so it is never written. */
    nameToOthers(id: UserId, snapshotName?: string): string {
      return store.byId.get(id)?.name || snapshotName || id
    },
    shownProfile(
      id: UserId,
      snapshot: { readonly name?: string; readonly avatar?: string } = {},
      groupId?: GroupId,
    ): ShownProfile {
      const profile = store.byId.get(id)
      const remark = contacts.byId.get(id)?.remark
      const avatar = profile?.avatar ?? snapshot.avatar
      return {
        id,
        name: remark || nameCardOf(id, groupId) || profile?.name || snapshot.name || id,
        ...(avatar !== undefined && { avatar }),
        ...(profile?.signature !== undefined && { signature: profile.signature }),
      }
    },
  }
}
