import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { ConversationId } from '../model'
import { useConversationStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'
import { requireDone } from './requireDone'

/** The mark that the kit itself gives; apps may give others. */
export const STAR = 'star'

/** Groups of conversations, and the mark for those that matter (F4). */
export interface ConversationFoldersView {
  /** This service has groups of conversations. */
  readonly isOffered: ComputedRef<boolean>
  /** By name. */
  readonly names: ComputedRef<readonly string[]>
  /** Some conversation is starred. */
  readonly hasMarked: ComputedRef<boolean>
  /** The groups one conversation is in. */
  foldersOf(id: ConversationId): readonly string[]
  /** Puts one conversation into these groups and no others. @throws ChatError where the service refuses. */
  setFolders(id: ConversationId, folders: readonly string[]): Promise<void>
  /** Gives a group another name. @throws ChatError where the service refuses. */
  rename(from: string, name: string): Promise<void>
  /** The conversations in it stay. @throws ChatError where the service refuses. */
  remove(name: string): Promise<void>
}

/** The groups of conversations of the kit's user. */
export function useConversationFolders(): ConversationFoldersView {
  const kit = useChatKit()
  const store = useConversationStore(kit.pinia)
  const hasFolders = computed(() => isOffered(kit, 'conversations.setFolder'))
  const hasMarks = computed(() => isOffered(kit, 'conversations.setMark'))

  async function setFolder(name: string, conversationIds: readonly ConversationId[], from?: string) {
    const renamed = from === undefined ? {} : { from }
    requireDone(await kit.dispatch({ type: 'setConversationFolder', name, conversationIds, ...renamed }))
  }
  function idsIn(name: string): readonly ConversationId[] {
    return [...store.byId.values()].flatMap(({ id, folders }) => (folders?.includes(name) ? [id] : []))
  }

  return {
    isOffered: hasFolders,
    names: computed(() => {
      if (!hasFolders.value) return []
      const names = new Set([...store.byId.values()].flatMap(({ folders }) => folders ?? []))
      return [...names].sort((a, b) => a.localeCompare(b))
    }),
    hasMarked: computed(
      () => hasMarks.value && [...store.byId.values()].some(({ marks }) => marks?.includes(STAR)),
    ),
    foldersOf: (id) => store.byId.get(id)?.folders ?? [],
    async setFolders(id, folders) {
      const before = store.byId.get(id)?.folders ?? []
      for (const name of folders) {
        if (!before.includes(name)) await setFolder(name, [...idsIn(name), id])
      }
      for (const name of before) {
        if (!folders.includes(name))
          await setFolder(
            name,
            idsIn(name).filter((other) => other !== id),
          )
      }
    },
    rename: (from, name) => setFolder(name, [], from),
    remove: (name) => setFolder(name, []),
  }
}
