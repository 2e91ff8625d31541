import type { Pinia } from 'pinia'
import { asLast, isNewer } from '../core/timeline'
import type {
  ChatErrorShape,
  Conversation,
  ConversationId,
  Draft,
  Habit,
  HabitName,
  Message,
  Patch,
  UserId,
} from '../model'
import { useConversationStore } from './conversationStore'
import { useHabitStore } from './habitStore'
import { patched } from '../core/patches'
import type { timelineWriters } from './timelineWriters'
import { useTypingStore } from './typingStore'

/** Nobody reads a longer list of names; in a busy room it would only cost. */
const MAX_TYPING = 20

/** What changes conversations, drafts, habits and typing signs. */
export function conversationWriters(pinia: Pinia, timelines: ReturnType<typeof timelineWriters>) {
  const store = useConversationStore(pinia)
  const typing = useTypingStore(pinia)
  const habits = useHabitStore(pinia)

  function put(next: Conversation): void {
    const known = store.byId.get(next.id)
    // Built again under its old id: nothing that is held of the old one fits (D3).
    if (known && known.incarnation !== next.incarnation) timelines.forgetConversation(next.id)
    keep(known, next)
  }

  function keep(known: Conversation | undefined, told: Conversation): void {
    // Whatever its backend says of pins, it knows nothing of this one.
    const next = store.pinnedHereIds.has(told.id) && !told.isPinned ? { ...told, isPinned: true } : told
    store.order.place(known, next)
    store.byId.set(next.id, next)
  }

  return {
    /** A list that is here stays while it is read again. */
    setListState(state: 'loading' | 'ready' | 'failed', error?: ChatErrorShape): void {
      if (state === 'ready' || store.state !== 'ready') store.state = state
      store.error = error
      store.isDoubtful = false
    },
    doubtList(): void {
      store.isDoubtful = store.state !== 'empty'
    },
    patchConversation(patch: Patch<Conversation, 'id' | 'kind'>): void {
      put(patched<Conversation>(store.byId.get(patch.id), patch))
    },
    /** What this machine kept says nothing about what has been heard since. */
    recallConversation(conversation: Conversation): void {
      if (!store.byId.has(conversation.id)) put(conversation)
    },
    recallDraft(id: ConversationId, draft: Draft): void {
      if (!store.draftById.has(id)) store.draftById.set(id, draft)
    },
    /** Takes the whole conversation as the backend holds it. */
    putConversation: put,
    /**
     * A newer message than the list knows is the newest, whether or not the backend says so apart. Of many the list hears once
     * for each conversation.
     */
    noteNewest(messages: readonly Message[]): void {
      const nextById = new Map<ConversationId, Conversation>()
      for (const message of messages) {
        const known = nextById.get(message.conversationId) ?? store.byId.get(message.conversationId)
        if (!known || message.delivery === 'online-only' || !isNewer(message, known.last)) continue
        nextById.set(known.id, { ...known, last: asLast(message) })
      }
      for (const next of nextById.values()) keep(store.byId.get(next.id), next)
    },
    removeConversation(id: ConversationId): void {
      const known = store.byId.get(id)
      if (known) store.order.take(known)
      store.byId.delete(id)
      store.pinnedHereIds.delete(id)
      typing.userIdsById.delete(id)
    },
    setDraft(id: ConversationId, draft: Draft): void {
      store.draftById.set(id, draft)
    },
    setPinnedHere(id: ConversationId, isPinned: boolean): void {
      if (store.pinnedHereIds.has(id) === isPinned) return
      if (isPinned) store.pinnedHereIds.add(id)
      else store.pinnedHereIds.delete(id)
      const known = store.byId.get(id)
      if (known) keep(known, { ...known, isPinned })
    },
    setHabit(name: HabitName, text: string): void {
      habits.textByName.set(name, text)
    },
    /** What was done since counts for more than what this machine kept. */
    recallHabit({ name, text }: Habit): void {
      if (!habits.textByName.has(name)) habits.textByName.set(name, text)
    },
    setTyping(id: ConversationId, userId: UserId, isTyping: boolean): void {
      const known = typing.userIdsById.get(id) ?? []
      if (known.includes(userId) === isTyping) return
      if (isTyping && known.length >= MAX_TYPING) return
      typing.userIdsById.set(id, isTyping ? [...known, userId] : known.filter((other) => other !== userId))
    },
  }
}
