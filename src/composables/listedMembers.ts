import { computed, watch, watchEffect } from 'vue'
import type { ComputedRef } from 'vue'
import type { Cursor, GroupId, Member, Page } from '../model'
import { useGroupStore, useSessionStore } from '../stores'
import type { GroupMembers } from '../stores'
import type { ChatKitContext } from './kitContext'

/** The members of a group as far as they are listed. */
export interface ListedMembers {
  readonly listed: ComputedRef<GroupMembers | undefined>
  /** There is a list of them for this user. */
  hasList(): boolean
  /** Reads the list again, or with `isMore` what comes behind it. */
  load(isMore?: boolean): void
}

/** What members are looked for by. */
interface MemberSearch {
  readonly groupId: GroupId
  readonly only?: 'admins' | 'muted' | 'banned'
  readonly text?: string
}

/** So many finds fill a screen. */
const ENOUGH = 20
/** Pages of a search may be empty; after so many in a row somebody decides whether to look further. */
const MOST_PAGES = 20

/**
 * Lists the members of a group while somebody looks at them: at once as this machine has kept them, then as the backend has
 * them, and once more where changes may have been missed.
 */
export function useListedMembers(kit: ChatKitContext, groupId: () => GroupId | undefined): ListedMembers {
  const store = useGroupStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const listed = computed(() => store.membersById.get(groupId() ?? ''))
  const hasList = () => {
    const id = groupId()
    return id !== undefined && typeof kit.can('groups.members', { groupId: id }) === 'string'
  }
  // Of a group that nothing is known of it is not known either whether it has a list.
  const wantedId = computed(() => {
    const id = groupId()
    return id !== undefined && store.byId.has(id) && hasList() ? id : undefined
  })

  function load(isMore = false): void {
    const id = groupId()
    // The failure stands in the store, where the list shows it.
    if (id !== undefined) kit.dispatch({ type: 'loadMembers', groupId: id, isMore }).catch(() => {})
  }
  // Without a connection nobody says what one may: what was kept is shown all the same.
  watch(
    groupId,
    (id) => {
      if (id === undefined || store.membersById.has(id)) return
      kit.dispatch({ type: 'recallMembers', groupId: id }).catch(() => {})
    },
    { immediate: true },
  )
  watchEffect(() => {
    if (session.session.state !== 'online' || wantedId.value === undefined) return
    if (!listed.value || (listed.value.isDoubtful && listed.value.state === 'ready')) load()
  })
  watch(
    () => session.session.state === 'online',
    (isOnline) => {
      if (isOnline && wantedId.value !== undefined && listed.value?.state === 'failed') load()
    },
  )
  return { listed, hasList, load }
}

/** Looks for members at the backend from a place on, until a screen is full or nobody waits for them any more. */
export async function findMembers(
  kit: ChatKitContext,
  search: MemberSearch,
  from: Cursor | undefined,
  isWanted: () => boolean,
): Promise<Page<Member>> {
  const items: Member[] = []
  let next = from
  for (let page = 0; page < MOST_PAGES && items.length < ENOUGH && isWanted(); page++) {
    const answer = await kit.dispatch({
      type: 'readMembers',
      ...search,
      ...(next !== undefined && { cursor: next }),
    })
    items.push(...answer.items)
    next = answer.next
    if (next === undefined) break
  }
  return { items, ...(next !== undefined && { next }) }
}
