import { computed, watch, watchEffect } from 'vue'
import type { ComputedRef } from 'vue'
import type { ChatErrorShape, Contact, UserId } from '../model'
import { useContactStore, useSessionStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'

/** Friends and the blocklist. */
export interface ContactsView {
  /** This service has friends; without them their screens vanish (G8). */
  readonly isOffered: ComputedRef<boolean>
  /** It has a blocklist. */
  readonly hasBlocklist: ComputedRef<boolean>
  readonly contacts: ComputedRef<readonly Contact[]>
  /** Groups of friends, by name. */
  readonly folders: ComputedRef<readonly string[]>
  readonly blockedIds: ComputedRef<readonly UserId[]>
  readonly state: ComputedRef<'loading' | 'ready' | 'failed'>
  readonly error: ComputedRef<ChatErrorShape | undefined>
  /** Groups of friends can be renamed and deleted. */
  readonly canEditFolders: ComputedRef<boolean>
  /** Gives a group of friends another name. @throws ChatError where the service refuses. */
  renameFolder(from: string, name: string): Promise<void>
  /** The friends in it stay friends. @throws ChatError where the service refuses. */
  deleteFolder(name: string): Promise<void>
  /** Reads them again. */
  reload(): void
}

/** The friends of the kit's user, read once as soon as the session is online; what this machine kept is shown before. */
export function useContacts(): ContactsView {
  const kit = useChatKit()
  const store = useContactStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const hasContacts = computed(() => isOffered(kit, 'contacts.list'))

  function reload(): void {
    // The failure stands in the store, where the list shows it.
    kit.dispatch({ type: 'loadContacts' }).catch(() => {})
  }
  watchEffect(() => {
    if (!hasContacts.value || session.session.state !== 'online') return
    if (store.state === 'empty' || store.isDoubtful) reload()
  })
  watch(
    () => session.session.state === 'online',
    (isOnline) => {
      if (isOnline && store.error && hasContacts.value) reload()
    },
  )
  return {
    isOffered: hasContacts,
    hasBlocklist: computed(() => isOffered(kit, 'contacts.setBlocked')),
    contacts: computed(() => [...store.byId.values()]),
    folders: computed(() =>
      [...new Set([...store.byId.values()].flatMap(({ folders }) => folders ?? []))].sort((a, b) =>
        a.localeCompare(b),
      ),
    ),
    blockedIds: computed(() => [...store.blockedIds]),
    state: computed(() =>
      store.state === 'empty' || (store.state === 'loading' && store.byId.size > 0)
        ? store.byId.size > 0
          ? 'ready'
          : 'loading'
        : store.state,
    ),
    error: computed(() => store.error),
    canEditFolders: computed(() => isOffered(kit, 'contacts.setFolder')),
    async renameFolder(from, name) {
      await kit.dispatch({ type: 'setContactFolder', name, userIds: [], from })
    },
    async deleteFolder(name) {
      await kit.dispatch({ type: 'setContactFolder', name, userIds: [] })
    },
    reload,
  }
}
