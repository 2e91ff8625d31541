import { computed, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter, Ref } from 'vue'
import { normaliseText } from '../core/text'
import { catalogueError } from '../core/errors'
import { toChatError } from '../model'
import type { ChatErrorShape, ConversationId, Draft, LocalFile, Media, Part, Stop } from '../model'
import { useConversationStore } from '../stores'
import { useBytesLeft } from './useBytesLeft'
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

const EMPTY: Draft = { text: '', images: [] }
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']

/** The composer of a conversation. */
export function useComposer(
  conversationId: MaybeRefOrGetter<ConversationId | null | undefined>,
): ComposerView {
  const kit = useChatKit()
  const store = useConversationStore(kit.pinia)
  const refusal = shallowRef<ChatErrorShape>()
  const id = computed(() => toValue(conversationId) ?? undefined)
  const typing = createTypingNotes(kit)

  const draft = computed<Draft>(() => (id.value === undefined ? EMPTY : store.draftOf(id.value)))
  const text = computed({
    get: () => draft.value.text,
    set: (value) => {
      if (id.value !== undefined) setDraft(id.value, { text: value })
    },
  })
  const verdict = computed(() =>
    kit.can('messages.send', id.value === undefined ? {} : { conversationId: id.value }),
  )
  /** Without a connection one may write: what is sent waits for it (D6). */
  const ban = computed(() => {
    const answer = verdict.value
    if (typeof answer === 'string') return undefined
    return answer.kind === 'offline' || answer.kind === 'signed-out' ? undefined : answer
  })
  const bytesLeft = useBytesLeft('messageBytes', text, () =>
    id.value === undefined ? {} : { conversationId: id.value },
  )
  const canSend = computed(
    () =>
      id.value !== undefined &&
      !ban.value &&
      (bytesLeft.value ?? 0) >= 0 &&
      (normaliseText(text.value).trim() !== '' || draft.value.images.length > 0),
  )

  function setDraft(conversationId: ConversationId, change: Partial<Draft>): void {
    refusal.value = undefined
    void kit.dispatch({
      type: 'setDraft',
      conversationId,
      draft: { ...store.draftOf(conversationId), ...change },
    })
  }

  async function readImage(conversationId: ConversationId, file: File): Promise<Media> {
    const { name, size, type } = file
    const local: LocalFile = { at: 'local', source: 'blob', value: file, name, bytes: size, mime: type }
    const { fileBytes } = kit.limits({ conversationId })
    if (fileBytes !== undefined && size > fileBytes) {
      throw catalogueError('parley', 'file-too-large')
    }
    const box = IMAGE_TYPES.includes(type) ? await kit.platform.imageSize(local) : undefined
    if (!box) throw catalogueError('parley', 'not-an-image')
    return { kind: 'image', file: local, ...box }
  }

  /** In the order chosen, however long each takes to read. */
  async function addImages(conversationId: ConversationId, files: readonly File[]): Promise<void> {
    const read = await Promise.allSettled(files.map((file) => readImage(conversationId, file)))
    const images = read.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
    setDraft(conversationId, { images: [...store.draftOf(conversationId).images, ...images] })
    const refused = read.find((result) => result.status === 'rejected')
    if (refused) refusal.value = toChatError(refused.reason)
  }

  async function send(): Promise<void> {
    const conversationId = id.value
    if (conversationId === undefined || !canSend.value) return
    const written = draft.value
    const caption: readonly Part[] = written.text.trim() === '' ? [] : [{ kind: 'text', text: written.text }]
    typing.end(conversationId)
    try {
      await kit.dispatch({
        type: 'sendMessage',
        conversationId,
        parts: [...written.images, ...caption],
        clearsDraft: true,
      })
    } catch (thrown) {
      const since = store.draftOf(conversationId)
      if (since.text === '' && since.images.length === 0) setDraft(conversationId, written)
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
    images: computed(() => draft.value.images.flatMap(({ file }) => (file.at === 'local' ? file : []))),
    error: computed(() => ban.value ?? refusal.value),
    bytesLeft,
    canSend,
    isReadOnly: computed(() => ban.value !== undefined),
    addFiles(files) {
      if (id.value !== undefined) void addImages(id.value, files)
    },
    removeImage(index) {
      if (id.value === undefined) return
      setDraft(id.value, { images: draft.value.images.filter((_, other) => other !== index) })
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
