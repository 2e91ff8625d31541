import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { mentionsIn, normaliseText } from '../core/text'
import { toChatError } from '../model'
import type { ChatErrorShape, MentionName, Mentions, Message, Part } from '../model'
import { useSessionStore } from '../stores'
import type { ChatKitContext } from './kitContext'
import { mentionNames } from './mentionNames'

/** A message that is being changed. */
export interface Editing {
  /** What its text is to become; undefined while no message is being changed. */
  readonly text: ShallowRef<string | undefined>
  /** The names by which it points at people, and those picked for it. */
  readonly mentions: ShallowRef<readonly MentionName[]>
  /** There is a change, and something is left of the message. */
  readonly canSave: ComputedRef<boolean>
  /** Why it was not changed. */
  readonly error: ShallowRef<ChatErrorShape | undefined>
  /** What somebody else made of it meanwhile. */
  readonly conflict: ComputedRef<Message | undefined>
  save(): Promise<void>
  settle(how: 'take-theirs' | 'keep-mine'): void
}

/** Changes one message after the other; `onEdited` is called when one is done with. */
export function createEditing(
  kit: ChatKitContext,
  editing: () => Message | undefined,
  onEdited: () => void,
): Editing {
  const session = useSessionStore(kit.pinia)
  /** What the change begins from; after a conflict it is the newer one. */
  const base = shallowRef<Message>()
  const text = shallowRef<string>()
  const mentions = shallowRef<readonly MentionName[]>([])
  const error = shallowRef<ChatErrorShape>()
  const isSaving = shallowRef(false)
  const conflict = computed(() => (error.value?.kind === 'conflict' ? error.value.latest : undefined))

  function begin(message: Message | undefined): void {
    base.value = message
    text.value = message && textOf(message)
    mentions.value = message ? mentionNames(kit, message) : []
    error.value = undefined
  }
  watch(editing, begin, { immediate: true, flush: 'sync' })

  async function save(): Promise<void> {
    const message = base.value
    if (!message || text.value === undefined) return
    isSaving.value = true
    error.value = undefined
    const isOnline = session.session.state === 'online'
    const pointedAt = mentionsAfter(message, text.value, mentions.value)
    const body = {
      parts: withText(message.parts, text.value),
      ...(pointedAt && { mentions: pointedAt }),
    }
    const saving = kit.dispatch({ type: 'editMessage', message, body })
    try {
      // Without a connection it waits in the outbox, and nobody waits for it here.
      if (isOnline) await saving
      else saving.catch(() => {})
      if (base.value === message) onEdited()
    } catch (thrown) {
      if (base.value === message) error.value = toChatError(thrown)
    } finally {
      isSaving.value = false
    }
  }

  return {
    text,
    mentions,
    error,
    conflict,
    canSave: computed(() => {
      const message = base.value
      if (!message || text.value === undefined || isSaving.value || conflict.value) return false
      return textOf(message) !== normaliseText(text.value) && withText(message.parts, text.value).length > 0
    }),
    save,
    settle(how) {
      const latest = conflict.value
      if (!latest) return
      if (how === 'take-theirs') return begin(latest)
      base.value = latest
      error.value = undefined
      void save()
    },
  }
}

function textOf({ parts }: Message): string {
  return parts.find((part) => part.kind === 'text')?.text ?? ''
}

/** The same parts with other words, or with none. */
function withText(parts: readonly Part[], written: string): readonly Part[] {
  const text = normaliseText(written)
  const index = parts.findIndex(({ kind }) => kind === 'text')
  const words: readonly Part[] = text.trim() === '' ? [] : [{ kind: 'text', text }]
  return [...parts.slice(0, Math.max(index, 0)), ...words, ...parts.slice(index + 1)]
}

/** Whoever was pointed at by a name that nobody knows here stays so; of the others those whose names stand in the text. */
function mentionsAfter(message: Message, text: string, names: readonly MentionName[]): Mentions | undefined {
  const before = mentionsIn(textOf(message), names)
  const after = mentionsIn(normaliseText(text), names)
  const unnamed = message.mentions?.userIds.filter((userId) => !before?.userIds.includes(userId)) ?? []
  const userIds = [...new Set([...unnamed, ...(after?.userIds ?? [])])]
  const isAll = after?.isAll === true || (message.mentions?.isAll === true && before?.isAll !== true)
  return isAll || userIds.length > 0 ? { userIds, isAll } : undefined
}
