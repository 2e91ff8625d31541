import { computed, toValue, watchEffect } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { UserId } from '../model'
import { useProfileStore, useSessionStore } from '../stores'
import { useChatKit } from './kitContext'
import type { ChatKitContext } from './kitContext'

/** What is shown of a user: at once with what is known, complete when it arrives (G1). */
export interface ShownProfile {
  readonly id: UserId
  /** Remark, else name, else the name the message brought, else the id (G5). */
  readonly name: string
  readonly avatar?: string
  readonly signature?: string
}

/**
 * The profile of a user, loaded in the background when it is not here yet. Ask only for what is on screen (G2).
 * `snapshotName` is the name a message brought along, shown until the profile comes.
 */
export function useProfile(
  userId: MaybeRefOrGetter<UserId | undefined>,
  snapshotName?: MaybeRefOrGetter<string | undefined>,
): ComputedRef<ShownProfile> {
  const kit = useChatKit()
  const { shownProfile, want } = createProfileReader(kit)
  watchEffect(() => want([toValue(userId)]))
  return computed(() => shownProfile(toValue(userId) ?? '', toValue(snapshotName)))
}

/** Reads profiles without a component: for composables that show several people at once. */
export function createProfileReader(kit: ChatKitContext) {
  const store = useProfileStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  return {
    shownProfile(id: UserId, snapshotName?: string): ShownProfile {
      const profile = store.byId.get(id)
      const remark = store.contactById.get(id)?.remark
      return {
        id,
        name: remark || profile?.name || snapshotName || id,
        ...(profile?.avatar !== undefined && { avatar: profile.avatar }),
        ...(profile?.signature !== undefined && { signature: profile.signature }),
      }
    },
    /** Asks for those that are neither here nor known to be missing, as soon as the session is online. */
    want(ids: readonly (UserId | undefined)[]): void {
      if (session.session.state !== 'online') return
      const unknown = ids.filter(
        (id) => id !== undefined && id !== '' && !store.byId.has(id) && !store.missingIds.has(id),
      )
      if (unknown.length > 0) void kit.dispatch({ type: 'loadProfiles', ids: unknown as UserId[] })
    },
  }
}
