import { computed, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { Message, Stop } from '../model'
import { useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

/** Whether this user has opened what a message holds: heard a voice, uncovered what burns (C3, C8). */
export interface OpeningView {
  readonly isOpened: ComputedRef<boolean>
  /** What is left of the time of an opened message that burns; undefined for one that is not opened or lasts. */
  readonly leftMs: ComputedRef<number | undefined>
  /** Opens it; an opened one stays so. */
  open(): void
}

const TICK_MS = 250

/** Opening one message. */
export function useOpening(message: MaybeRefOrGetter<Message>): OpeningView {
  const kit = useChatKit()
  const session = useSessionStore(kit.pinia)
  const now = shallowRef(0)
  let stop: Stop | undefined
  const endsAt = computed(() => {
    const { openedAt, burnAfterMs } = toValue(message)
    return openedAt === undefined || burnAfterMs === undefined ? undefined : openedAt + burnAfterMs
  })

  function open(): void {
    // What this machine cannot keep is still shown.
    kit.dispatch({ type: 'openMessage', message: toValue(message) }).catch(() => {})
  }
  function tick(): void {
    now.value = kit.clock.now() + session.clockOffsetMs
    if (endsAt.value !== undefined && now.value < endsAt.value) stop = kit.clock.after(TICK_MS, tick)
  }
  watch(
    endsAt,
    (at) => {
      stop?.()
      if (at === undefined) return
      tick()
      // After a reload nobody else counts any more.
      open()
    },
    { immediate: true },
  )
  onScopeDispose(() => stop?.())

  return {
    isOpened: computed(() => toValue(message).openedAt !== undefined),
    leftMs: computed(() => (endsAt.value === undefined ? undefined : Math.max(0, endsAt.value - now.value))),
    open,
  }
}
