import { computed, onScopeDispose, shallowReactive, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter, Ref } from 'vue'
import { normaliseText, utf8ByteLength } from '../core/text'
import { ChatError, toChatError } from '../model'
import type { ChatErrorShape, ConversationId, LocalFile, Media, Part, Stop } from '../model'
import { useConversationStore } from '../stores'
import { useChatKit } from './kitContext'
import type { ChatKitContext } from './kitContext'

/** What is being written in one conversation. */
export interface ComposerView {
  /** The draft: kept a conversation, so that it is there when one comes back (F7). */
  readonly text: Ref<string>
  /** Pictures that go with the next message. */
  readonly images: ComputedRef<readonly LocalFile[]>
  /** Why sending is refused. */
  readonly error: ComputedRef<ChatErrorShape | undefined>
  /** UTF-8 bytes left of the limit; negative: too long; undefined: no limit is known (K3). */
  readonly bytesLeft: ComputedRef<number | undefined>
  readonly canSend: ComputedRef<boolean>
  /** Nothing can be written here now; `error` says why. */
  readonly isReadOnly: ComputedRef<boolean>
  /** Takes pictures; other files are refused in words. */
  addFiles(files: readonly File[]): void
  removeImage(index: number): void
  /** Sends text and pictures as one message, the text as caption; both stay where sending is refused. */
  send(): void
  /** Tells the others that one types; call it on every keystroke. */
  noteTyping(): void
}

const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']

/** The composer of a conversation. */
export function useComposer(conversationId: MaybeRefOrGetter<ConversationId | undefined>): ComposerView {
  const kit = useChatKit()
  const store = useConversationStore(kit.pinia)
  const imagesById = shallowReactive(new Map<ConversationId, readonly Media[]>())
  const refusal = shallowRef<ChatErrorShape>()
  const id = computed(() => toValue(conversationId))
  const typing = createTypingNotes(kit)

  const text = computed({
    get: () => (id.value === undefined ? '' : (store.draftById.get(id.value) ?? '')),
    set: (value) => setDraft(value),
  })
  const media = computed(() => (id.value === undefined ? [] : (imagesById.get(id.value) ?? [])))
  const verdict = computed(() =>
    kit.can('messages.send', id.value === undefined ? {} : { conversationId: id.value }),
  )
  /** Without a connection one may write: what is sent waits for it (D6). */
  const ban = computed(() => {
    const answer = verdict.value
    if (typeof answer === 'string') return undefined
    return answer.kind === 'offline' || answer.kind === 'signed-out' ? undefined : answer
  })
  const bytesLeft = computed(() => {
    const limit = kit.limits(id.value === undefined ? {} : { conversationId: id.value }).messageBytes
    return limit === undefined ? undefined : limit - utf8ByteLength(normaliseText(text.value))
  })
  const canSend = computed(
    () =>
      id.value !== undefined &&
      !ban.value &&
      (bytesLeft.value ?? 0) >= 0 &&
      (normaliseText(text.value).trim() !== '' || media.value.length > 0),
  )

  function setDraft(value: string): void {
    refusal.value = undefined
    if (id.value === undefined) return
    void kit.dispatch({ type: 'setDraft', conversationId: id.value, text: value })
  }

  async function addImage(conversation: ConversationId, file: File): Promise<void> {
    const local: LocalFile = {
      at: 'local',
      source: 'blob',
      value: file,
      name: file.name,
      bytes: file.size,
      mime: file.type,
    }
    const size = IMAGE_TYPES.includes(file.type) ? await kit.platform.imageSize(local) : undefined
    if (!size) {
      refusal.value = new ChatError({ code: 'not-an-image', kind: 'invalid' })
      return
    }
    const { fileBytes } = kit.limits({ conversationId: conversation })
    if (fileBytes !== undefined && file.size > fileBytes) {
      refusal.value = new ChatError({ code: 'file-too-large', kind: 'too-large' })
      return
    }
    const image: Media = { kind: 'image', file: local, ...size }
    imagesById.set(conversation, [...(imagesById.get(conversation) ?? []), image])
  }

  async function send(): Promise<void> {
    const conversation = id.value
    if (conversation === undefined || !canSend.value) return
    const caption: readonly Part[] = text.value.trim() === '' ? [] : [{ kind: 'text', text: text.value }]
    const parts = [...media.value, ...caption]
    typing.end(conversation)
    try {
      await kit.dispatch({ type: 'sendMessage', conversationId: conversation, parts })
      imagesById.delete(conversation)
      await kit.dispatch({ type: 'setDraft', conversationId: conversation, text: '' })
      refusal.value = undefined
    } catch (thrown) {
      refusal.value = toChatError(thrown)
    }
  }

  watch(id, (_, old) => {
    refusal.value = undefined
    if (old !== undefined) typing.end(old)
  })
  onScopeDispose(() => {
    if (id.value !== undefined) typing.end(id.value)
  })

  return {
    text,
    images: computed(() => media.value.map(({ file }) => file as LocalFile)),
    error: computed(() => ban.value ?? refusal.value),
    bytesLeft,
    canSend,
    isReadOnly: computed(() => ban.value !== undefined),
    addFiles(files) {
      const conversation = id.value
      refusal.value = undefined
      if (conversation !== undefined) for (const file of files) void addImage(conversation, file)
    },
    removeImage(index) {
      if (id.value === undefined) return
      imagesById.set(
        id.value,
        media.value.filter((_, other) => other !== index),
      )
    },
    send: () => void send(),
    noteTyping() {
      if (id.value !== undefined) typing.note(id.value)
    },
  }
}

const TYPING_REPEATS_AFTER_MS = 3_000
const TYPING_ENDS_AFTER_MS = 5_000

/** Says "typing" at most every three seconds, and "no longer" after five quiet ones. */
function createTypingNotes(kit: ChatKitContext) {
  let toldAt = -Infinity
  let stop: Stop | undefined

  function tell(conversationId: ConversationId, isTyping: boolean): void {
    // A typing sign that does not arrive is nothing anybody must know.
    kit.dispatch({ type: 'setTyping', conversationId, isTyping }).catch(() => {})
  }
  function end(conversationId: ConversationId): void {
    if (!stop) return
    stop()
    stop = undefined
    toldAt = -Infinity
    tell(conversationId, false)
  }
  return {
    note(conversationId: ConversationId): void {
      const now = kit.clock.now()
      if (now - toldAt >= TYPING_REPEATS_AFTER_MS) {
        toldAt = now
        tell(conversationId, true)
      }
      stop?.()
      stop = kit.clock.after(TYPING_ENDS_AFTER_MS, () => end(conversationId))
    },
    end,
  }
}
