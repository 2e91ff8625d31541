import { computed, onScopeDispose, shallowRef } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import type { Recording } from '../core/ports'
import { toChatError } from '../model'
import type { ChatErrorShape, ConversationId, Media, Stop } from '../model'
import { useConversationStore } from '../stores'
import { useChatKit } from './kitContext'
import type { ChatKitContext } from './kitContext'
import { peaksOf } from './peaks'

/** A voice message that is being made. */
export interface VoiceRecorderView {
  /** 'asking': the person is asked for the microphone; 'recorded': it can be heard before it leaves. */
  readonly state: ShallowRef<'asking' | 'recording' | 'paused' | 'recorded' | 'sending' | 'failed'>
  readonly durationMs: ShallowRef<number>
  /** How loud it was of late, for a drawing that moves: 0 to 1. */
  readonly levels: ShallowRef<readonly number[]>
  /** What was recorded. */
  readonly media: ShallowRef<Media | undefined>
  /** Why there is nothing, or why it did not leave. */
  readonly error: ShallowRef<ChatErrorShape | undefined>
  /** How long it may become. */
  readonly longestMs: number
  /** It is nearly as long as it may become. */
  readonly isNearEnd: ComputedRef<boolean>
  /** Begins, or tries again. */
  begin(): Promise<void>
  pause(): void
  resume(): void
  /** Ends the recording, to be heard. */
  finish(): Promise<void>
  /** Sends it, ending it where it still goes on; true where it left. */
  send(): Promise<boolean>
  /** Gives it up. */
  cancel(): void
}

/** How long a voice message may become. */
const LONGEST_MS = 60_000
const TOLD_BEFORE_MS = 10_000
const STEP_MS = 100
/** What was shorter was a slip. */
const LEAST_MS = 500

/** Whether a voice message can be recorded and sent here. */
export function canRecordVoice(kit: ChatKitContext, conversationId: ConversationId): boolean {
  if (!kit.platform.recorder) return false
  const verdict = kit.can('messages.send', { conversationId, part: 'audio' })
  return typeof verdict === 'string' || verdict.kind === 'offline' || verdict.kind === 'signed-out'
}

/**
 * Records a voice message for a conversation. Whoever leaves in the middle finds it among the files of the draft: nothing that
 * was said is lost unless it was given up.
 */
export function useVoiceRecorder(conversationId: ConversationId): VoiceRecorderView {
  const kit = useChatKit()
  const store = useConversationStore(kit.pinia)
  const state = shallowRef<VoiceRecorderView['state']['value']>('asking')
  const durationMs = shallowRef(0)
  const levels = shallowRef<readonly number[]>([])
  const media = shallowRef<Media>()
  const error = shallowRef<ChatErrorShape>()
  let recording: Recording | undefined
  let attempts = 0
  let ending: Promise<void> | undefined
  let isOver = false
  /** When the clock was last looked at, while it runs. */
  let countedAt = 0
  let stopCounting: Stop = () => {}

  function count(): void {
    countedAt = kit.clock.now()
    stopCounting = kit.clock.after(STEP_MS, () => {
      addTime()
      if (durationMs.value >= LONGEST_MS) void finish()
      else count()
    })
  }
  function addTime(): void {
    durationMs.value = Math.min(LONGEST_MS, durationMs.value + Math.max(0, kit.clock.now() - countedAt))
    countedAt = kit.clock.now()
  }
  function halt(): void {
    if (state.value === 'recording') addTime()
    stopCounting()
  }

  async function begin(): Promise<void> {
    const mine = ++attempts
    // What went wrong before is over: it must neither hold the microphone nor keep this one from its end.
    drop()
    durationMs.value = 0
    levels.value = []
    state.value = 'asking'
    error.value = undefined
    try {
      const begun = await kit.platform.recorder?.record((level) => (levels.value = [...levels.value, level]))
      // Somebody may have gone away while the browser asked.
      if (isOver || mine !== attempts) return begun?.cancel()
      recording = begun
      state.value = 'recording'
      count()
    } catch (thrown) {
      if (mine !== attempts) return
      error.value = toChatError(thrown)
      state.value = 'failed'
    }
  }
  function drop(): void {
    stopCounting()
    recording?.cancel()
    recording = undefined
    ending = undefined
  }

  async function end(): Promise<void> {
    halt()
    state.value = 'paused'
    try {
      const file = await recording?.finish()
      if (!file || isOver) return
      const peaks = peaksOf(levels.value)
      media.value = {
        kind: 'audio',
        file,
        durationMs: Math.round(durationMs.value),
        ...(peaks.length > 0 && { peaks }),
      }
      state.value = 'recorded'
    } catch (thrown) {
      drop()
      error.value = toChatError(thrown)
      state.value = 'failed'
    }
  }
  function finish(): Promise<void> {
    ending ??= end()
    return ending
  }

  async function send(): Promise<boolean> {
    await finish()
    const part = media.value
    if (!part || state.value !== 'recorded') return false
    state.value = 'sending'
    error.value = undefined
    const { replyTo, burnAfterMs, ...draft } = store.draftOf(conversationId)
    try {
      await kit.dispatch({
        type: 'sendMessage',
        conversationId,
        parts: [part],
        ...(replyTo && { replyTo }),
        ...(burnAfterMs !== undefined && { burnAfterMs }),
      })
      isOver = true
      if (replyTo || burnAfterMs !== undefined)
        await kit.dispatch({ type: 'setDraft', conversationId, draft })
      return true
    } catch (thrown) {
      error.value = toChatError(thrown)
      state.value = 'recorded'
      return false
    }
  }

  function cancel(): void {
    isOver = true
    stopCounting()
    recording?.cancel()
  }

  async function keep(): Promise<void> {
    halt()
    if (isOver || !recording || durationMs.value < LEAST_MS) return cancel()
    await finish()
    if (!media.value) return
    isOver = true
    const draft = store.draftOf(conversationId)
    const attachments = [...draft.attachments, media.value]
    await kit.dispatch({ type: 'setDraft', conversationId, draft: { ...draft, attachments } })
  }
  // A kit that has ended keeps nothing any more.
  onScopeDispose(() => void keep().catch(() => {}))

  return {
    state,
    durationMs,
    levels,
    media,
    error,
    longestMs: LONGEST_MS,
    isNearEnd: computed(() => LONGEST_MS - durationMs.value <= TOLD_BEFORE_MS),
    begin,
    pause() {
      if (state.value !== 'recording') return
      halt()
      recording?.pause()
      state.value = 'paused'
    },
    resume() {
      if (state.value !== 'paused' || ending) return
      recording?.resume()
      state.value = 'recording'
      count()
    },
    finish,
    send,
    cancel,
  }
}
