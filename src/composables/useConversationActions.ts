import { refOf } from '../model'
import type { BatchResult, ChatError, CommandIntent, Conversation, ConversationId } from '../model'
import type { Ability } from '../core/ports'
import { useConversationStore, useSessionStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'
import { createPinning } from './pinning'
import { requireDone } from './requireDone'
import { STAR } from './useConversationFolders'
import { useLocale } from './useLocale'

/** The actions on conversations that the kit knows, in the order in which they are shown. */
export type ConversationActionId =
  'read' | 'unread' | 'pin' | 'unpin' | 'star' | 'unstar' | 'mute' | 'unmute' | 'hide' | 'clear' | 'delete'

/** Something that can be done with one conversation or with several. */
export interface ConversationAction {
  readonly id: ConversationActionId
  /** What it is called, in the reader's language. */
  readonly label: string
  /** What is lost for ever stands apart, and is asked about first. */
  readonly question?: { readonly title: string; readonly text: string; readonly yes: string }
  /** Does it. @throws ChatError where the backend refuses. */
  run(): Promise<void>
}

/** What can be done with rows of the list (F2, E10). */
export interface ConversationActionsView {
  /** What makes sense for these at this moment; what this service cannot do is not there. */
  actionsOf(ids: readonly ConversationId[]): readonly ConversationAction[]
}

const MOST_AT_ONCE = 100

/** The actions on conversations, for menus, swipes, keys and bars of any look. */
export function useConversationActions(): ConversationActionsView {
  const kit = useChatKit()
  const { t } = useLocale()
  const store = useConversationStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const pinning = createPinning(kit)

  const eachDone = async (rows: readonly Conversation[], run: (row: Conversation) => Promise<unknown>) => {
    const results = await Promise.allSettled(rows.map(run))
    const failure = results.find((result) => result.status === 'rejected')
    if (failure) throw failure.reason as ChatError
  }
  const each = (rows: readonly Conversation[], intentOf: (row: Conversation) => CommandIntent) =>
    eachDone(rows, (row) => kit.dispatch(intentOf(row)))
  const setUnread = (rows: readonly Conversation[], isMarked: boolean) =>
    each(rows, ({ id }) => ({ type: 'setMarkedUnread', conversationId: id, isMarked }))
  const setPinned = (rows: readonly Conversation[], isPinned: boolean) =>
    eachDone(rows, ({ id }) => pinning.set(id, isPinned))
  /** Backends take so many at once and no more. */
  const inBatches = async (
    rows: readonly Conversation[],
    call: (conversationIds: readonly ConversationId[]) => Promise<BatchResult>,
  ) => {
    for (let from = 0; from < rows.length; from += MOST_AT_ONCE) {
      requireDone(await call(rows.slice(from, from + MOST_AT_ONCE).map(({ id }) => id)))
    }
  }
  const setNotify = (rows: readonly Conversation[], mode: 'all' | 'none') =>
    inBatches(rows, (conversationIds) => kit.dispatch({ type: 'setNotify', conversationIds, mode }))
  const setStar = (rows: readonly Conversation[], isSet: boolean) =>
    inBatches(rows, (conversationIds) =>
      kit.dispatch({ type: 'setConversationMark', conversationIds, mark: STAR, isSet }),
    )
  const remove = (rows: readonly Conversation[], withHistory: boolean) =>
    inBatches(rows, (conversationIds) =>
      kit.dispatch({ type: 'removeConversations', conversationIds, withHistory }),
    )

  /** Nothing else is unread: one question does for all. Without a connection each is shown as read at once instead. */
  function isAllUnread(unread: readonly Conversation[]): boolean {
    if (unread.length < 2 || session.session.state !== 'online') return false
    if (!isOffered(kit, 'conversations.markAllRead')) return false
    return [...store.byId.values()].filter(isUnread).length === unread.length
  }
  /** What is unread is read up to its newest message; where only a mark says so, the mark goes. */
  async function read(rows: readonly Conversation[]): Promise<void> {
    const unread = rows.filter(isUnread)
    if (isAllUnread(unread)) return kit.dispatch({ type: 'markAllRead' })
    await each(unread, ({ id, last, unreadCount = 0 }) =>
      unreadCount > 0 && last && isOffered(kit, 'conversations.markRead')
        ? {
            type: 'markRead',
            conversationId: id,
            upTo: refOf(last),
          }
        : { type: 'setMarkedUnread', conversationId: id, isMarked: false },
    )
  }

  function actionsOf(ids: readonly ConversationId[]): readonly ConversationAction[] {
    const rows = ids.flatMap((id) => store.byId.get(id) ?? [])
    if (rows.length === 0) return []
    const can = (ability: Ability) => isOffered(kit, ability)
    const isAnyUnread = rows.some(isUnread)
    const isAnyLoose = rows.some(({ isPinned = false }) => !isPinned)
    const isAnyPlain = rows.some(({ marks }) => !marks?.includes(STAR))
    const isAnyLoud = rows.some(({ notify = 'all' }) => notify === 'all')
    const count = rows.length
    const act = (
      id: ConversationActionId,
      run: () => Promise<void>,
      label = t(`rowActions.${id}`),
    ): ConversationAction => ({ id, label, run })
    const ask = (id: 'clear' | 'delete', run: () => Promise<void>): ConversationAction => ({
      ...act(id, run),
      question: {
        title: t(`rowActions.${id}Title`, {}, count),
        text: t(`rowActions.${id}Text`, {}, count),
        yes: t(`rowActions.${id}`),
      },
    })
    const found: (ConversationAction | false)[] = [
      isAnyUnread && can('conversations.markRead') && act('read', () => read(rows)),
      !isAnyUnread && can('conversations.setMarkedUnread') && act('unread', () => setUnread(rows, true)),
      isAnyLoose
        ? act(
            'pin',
            () =>
              setPinned(
                rows.filter((row) => !row.isPinned),
                true,
              ),
            pinning.isOnlyHere() ? t('rowActions.pinHere') : undefined,
          )
        : act('unpin', () => setPinned(rows, false)),
      can('conversations.setMark') && act(isAnyPlain ? 'star' : 'unstar', () => setStar(rows, isAnyPlain)),
      can('conversations.setNotify') &&
        (isAnyLoud
          ? act('mute', () => setNotify(rows, 'none'))
          : act('unmute', () => setNotify(rows, 'all'))),
      can('conversations.remove') && act('hide', () => remove(rows, false)),
      can('conversations.clearHistory') &&
        ask('clear', () => each(rows, ({ id }) => ({ type: 'clearHistory', conversationId: id }))),
      can('conversations.remove') && ask('delete', () => remove(rows, true)),
    ]
    return found.filter((action) => typeof action === 'object')
  }

  return { actionsOf }
}

function isUnread({ unreadCount = 0, isMarkedUnread = false }: Conversation): boolean {
  return unreadCount > 0 || isMarkedUnread
}
