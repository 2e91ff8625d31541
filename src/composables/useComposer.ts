import { computed, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter, Ref } from 'vue'
import { findMentions, mentionsIn, normaliseText, truncateToBytes } from '../core/text'
import type { FoundMention } from '../core/text'
import { catalogueError } from '../core/errors'
import { EMPTY_DRAFT, isEmptyDraft, refOf, toChatError } from '../model'
import type {
  ChatErrorShape,
  ConversationId,
  Draft,
  LocalFile,
  Media,
  MentionName,
  Message,
  Part,
  Stop,
} from '../model'
import { previewText } from '../i18n'
import { useConversationStore } from '../stores'
import { createStanding } from './standing'
import type { Closed } from './standing'
import { useByteLimit } from './useByteLimit'
import { createEditing } from './editing'
import { useChatKit } from './kitContext'
import type { ChatKitContext } from './kitContext'
import { useLocale } from './useLocale'

/** What is being written in one conversation. */
export interface ComposerView {
  /** The draft: kept a conversation, so that it is there when one comes back (F7). */
  readonly text: Ref<string>
  /** Pictures and other files that go with the next message. */
  readonly attachments: ComputedRef<readonly Media[]>
  /** Why sending is refused. */
  readonly error: ComputedRef<ChatErrorShape | undefined>
  /** UTF-8 bytes left of the limit; negative: too long; undefined: no limit is known (K3). */
  readonly bytesLeft: ComputedRef<number | undefined>
  readonly canSend: ComputedRef<boolean>
  /** The message that the next one answers (E4). */
  readonly replyTo: ComputedRef<Draft['replyTo']>
  /** So long after it is opened the next message is gone; undefined: it lasts (C8). */
  readonly burnAfterMs: ComputedRef<number | undefined>
  /** The times that can be chosen; none while a message is being changed, or where nothing may burn. */
  readonly burnTimesMs: ComputedRef<readonly number[]>
  /** What somebody else made of the message that is being changed: one decides which of both stays (E1). */
  readonly conflict: ComputedRef<Message | undefined>
  /** Where the text points at people, in order. */
  readonly mentions: ComputedRef<readonly FoundMention[]>
  /** Nothing can be written here now; `error` says why. */
  readonly isReadOnly: ComputedRef<boolean>
  /** What closes the conversation, where there is more to say than `error` does. */
  readonly closed: ComputedRef<Closed | undefined>
  /** There is no connection: what is sent waits for it (D6). */
  readonly isWaiting: ComputedRef<boolean>
  /** This person has blocked the one he writes to. */
  readonly hasBlocked: ComputedRef<boolean>
  /** Takes files to send; what cannot be sent is refused in words. */
  addFiles(files: readonly File[]): void
  removeAttachment(index: number): void
  /** Whoever was picked is pointed at as long as the name stands in the text. */
  addMention(name: MentionName): void
  /** The next message burns so long after it is opened, or lasts. */
  setBurnAfter(ms: number | undefined): void
  /** The next message answers this one; undefined: none. */
  reply(message: Message | undefined): void
  /** Sends text and files as one message, the text as caption; both stay where sending is refused. While a message is being changed it is written instead. */
  send(): void
  /** Ends a conflict: what the other has made of the message is gone on from, or written over. */
  settle(how: 'take-theirs' | 'keep-mine'): void
  /** Tells the others that one types; call it on every keystroke. */
  noteTyping(): void
}

const NO_NAMES: readonly MentionName[] = []
/** A quote is a glance: more of it than this nobody shows. */
const MOST_ABSTRACT_BYTES = 300
const VIDEO_TYPES = ['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime']
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']

/** What a composer may be told from outside. */
export interface ComposerOptions {
  /** The message that is being changed, instead of a new one being written. */
  readonly editing?: () => Message | undefined
  /** The message was changed, or there is nothing left to change. */
  readonly onEdited?: () => void
}

/** The composer of a conversation. */
export function useComposer(
  conversationId: MaybeRefOrGetter<ConversationId | null | undefined>,
  { editing = () => undefined, onEdited = () => {} }: ComposerOptions = {},
): ComposerView {
  const kit = useChatKit()
  const { t } = useLocale()
  const store = useConversationStore(kit.pinia)
  const refusal = shallowRef<ChatErrorShape>()
  const id = computed(() => toValue(conversationId) ?? undefined)
  const typing = createTypingNotes(kit)

  const draft = computed<Draft>(() => (id.value === undefined ? EMPTY_DRAFT : store.draftOf(id.value)))
  const edit = createEditing(kit, editing, onEdited)
  const text = computed({
    get: () => edit.text.value ?? draft.value.text,
    set: (value) => {
      if (edit.text.value !== undefined) edit.text.value = value
      else if (id.value !== undefined) setDraft(id.value, { text: value })
    },
  })
  const names = computed(
    () => (edit.text.value === undefined ? draft.value.mentions : edit.mentions.value) ?? NO_NAMES,
  )
  const standing = createStanding(kit, () => id.value)
  const { ban } = standing
  const { left: bytesLeft } = useByteLimit(
    () => text.value,
    'messageBytes',
    () => (id.value === undefined ? {} : { conversationId: id.value }),
  )
  const canSend = computed(
    () =>
      id.value !== undefined &&
      !ban.value &&
      (bytesLeft.value ?? 0) >= 0 &&
      (edit.text.value !== undefined
        ? edit.canSave.value
        : normaliseText(text.value).trim() !== '' || draft.value.attachments.length > 0),
  )

  function setDraft(
    conversationId: ConversationId,
    change: Partial<Draft>,
    /** Another answer than before, or none. */
    answered?: NonNullable<Draft['replyTo']> | null,
  ): void {
    refusal.value = undefined
    const { replyTo: old, ...rest } = store.draftOf(conversationId)
    const replyTo = answered === undefined ? old : answered
    const draft = { ...rest, ...change, ...(replyTo && { replyTo }) }
    void kit.dispatch({ type: 'setDraft', conversationId, draft })
  }

  async function readFile(conversationId: ConversationId, file: File): Promise<Media> {
    const { name, size, type } = file
    const chosen: LocalFile = { at: 'local', source: 'blob', value: file, name, bytes: size, mime: type }
    const { fileBytes } = kit.limits({ conversationId })
    if (size === 0) throw catalogueError('parley', 'file-empty')
    const small =
      kit.images && IMAGE_TYPES.includes(type) && (await kit.platform.shrinkImage?.(chosen, kit.images))
    const local = small || chosen
    if (fileBytes !== undefined && local.bytes > fileBytes) {
      throw catalogueError('parley', 'file-too-large')
    }
    const box = IMAGE_TYPES.includes(type) ? await kit.platform.imageSize(local) : undefined
    const media: Media = {
      kind: box ? 'image' : VIDEO_TYPES.includes(type) ? 'video' : 'file',
      file: local,
      ...box,
    }
    const answer = kit.can('messages.send', { conversationId, part: media.kind })
    if (typeof answer === 'object' && answer.kind !== 'offline' && answer.kind !== 'signed-out') throw answer
    return media
  }

  /** In the order chosen, however long each takes to read. */
  async function attach(conversationId: ConversationId, files: readonly File[]): Promise<void> {
    const read = await Promise.allSettled(files.map((file) => readFile(conversationId, file)))
    const attachments = read.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
    setDraft(conversationId, { attachments: [...store.draftOf(conversationId).attachments, ...attachments] })
    const refused = read.find((result) => result.status === 'rejected')
    if (refused) refusal.value = toChatError(refused.reason)
  }

  async function send(): Promise<void> {
    const conversationId = id.value
    if (conversationId === undefined || !canSend.value) return
    if (edit.text.value !== undefined) return edit.save()
    const written = draft.value
    const mentions = mentionsIn(normaliseText(written.text), written.mentions ?? [])
    const caption: readonly Part[] = written.text.trim() === '' ? [] : [{ kind: 'text', text: written.text }]
    typing.end(conversationId)
    try {
      await kit.dispatch({
        type: 'sendMessage',
        conversationId,
        parts: [...written.attachments, ...caption],
        ...(mentions && { mentions }),
        ...(written.replyTo && { replyTo: written.replyTo }),
        ...(written.burnAfterMs !== undefined && { burnAfterMs: written.burnAfterMs }),
        clearsDraft: true,
      })
    } catch (thrown) {
      const since = store.draftOf(conversationId)
      if (isEmptyDraft(since)) setDraft(conversationId, written)
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
    replyTo: computed(() => (edit.text.value === undefined ? draft.value.replyTo : undefined)),
    burnAfterMs: computed(() => (edit.text.value === undefined ? draft.value.burnAfterMs : undefined)),
    burnTimesMs: computed(() => (edit.text.value === undefined && !ban.value ? (kit.burnTimesMs ?? []) : [])),
    conflict: edit.conflict,
    attachments: computed(() => (edit.text.value === undefined ? draft.value.attachments : [])),
    error: computed(() => ban.value ?? edit.error.value ?? refusal.value),
    bytesLeft,
    canSend,
    mentions: computed(() => [...findMentions(text.value, names.value)]),
    isReadOnly: computed(() => ban.value !== undefined),
    closed: standing.closed,
    isWaiting: standing.isWaiting,
    hasBlocked: standing.hasBlocked,
    addFiles(files) {
      if (id.value !== undefined) void attach(id.value, files)
    },
    removeAttachment(index) {
      if (id.value === undefined) return
      setDraft(id.value, { attachments: draft.value.attachments.filter((_, other) => other !== index) })
    },
    addMention(name) {
      const all = [...names.value.filter((other) => other.name !== name.name), name]
      if (edit.text.value !== undefined) edit.mentions.value = all
      else if (id.value !== undefined) setDraft(id.value, { mentions: all })
    },
    setBurnAfter(ms) {
      if (id.value === undefined) return
      const { burnAfterMs: _before, ...rest } = store.draftOf(id.value)
      const draft = { ...rest, ...(ms !== undefined && { burnAfterMs: ms }) }
      void kit.dispatch({ type: 'setDraft', conversationId: id.value, draft })
    },
    reply(message) {
      if (id.value === undefined) return
      if (!message) return setDraft(id.value, {}, null)
      const abstract = truncateToBytes(previewText(t, message.parts), MOST_ABSTRACT_BYTES)
      setDraft(id.value, {}, { ref: refOf(message), abstract })
    },
    send: () => void send(),
    settle: edit.settle,
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
