import { until } from '@vueuse/core'
import { computed, onBeforeUnmount, onMounted, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { useReadPlaces, type TimelineView } from '../../composables'
import { refOf } from '../../model'
import type { ConversationId, EpochMs, MessageRef } from '../../model'
import type { ReadPlace } from './useTimelinePlace'

/** Where somebody wants to. */
export type JumpTarget = { readonly message: MessageRef } | { readonly at: EpochMs }

/** What a drawn timeline can do for somebody who goes elsewhere in it. */
export interface JumpView {
  isAtEnd(): boolean
  readPlace(): ReadPlace | undefined
  showRow(key: string, topPx?: number): Promise<void>
  focusRow(key: string): void
  toLatest(): void
}

/** Going elsewhere in a timeline and back. */
export interface Jumps {
  /** There is a place to go back to. */
  readonly hasReturn: ComputedRef<boolean>
  /** Where the reader stood when he left the conversation, while that still counts. */
  readonly opensAt: ComputedRef<{ readonly key: string; readonly topPx: number } | undefined>
  /** Goes to the newest message. */
  toLatest(): Promise<void>
  /** Goes to a message or a moment; false where nothing is there. */
  goTo(to: JumpTarget): Promise<boolean>
  /** Goes to where the reader was before. */
  goBack(): Promise<void>
}

/** The ways of a reader through a conversation; the place where he leaves it is kept for the next time. */
export function useJumps(
  conversationId: () => ConversationId,
  timeline: TimelineView,
  view: Readonly<ShallowRef<JumpView | null>>,
): Jumps {
  const places = useReadPlaces()
  const leftAt = places.read(conversationId())
  /** Where the reader was before he went elsewhere; undefined: at the end. */
  const returns = shallowRef<readonly (ReadPlace | undefined)[]>([])

  async function toLatest(): Promise<void> {
    returns.value = []
    await timeline.toLatest()
    view.value?.toLatest()
  }

  /** The keyboard goes along, unless the reader has gone on elsewhere before the message came. */
  async function goTo(to: JumpTarget): Promise<boolean> {
    const place = view.value?.readPlace()
    const here = view.value?.isAtEnd() ? undefined : place
    const { activeElement: before } = document
    const key = await show(to)
    if (key === undefined) return false
    // Where all of it was seen already there is no place to go back to.
    if (!isSamePlace(place, view.value?.readPlace())) returns.value = [...returns.value, here]
    const { activeElement: now } = document
    if (now === before || now === null || now === document.body) view.value?.focusRow(key)
    return true
  }

  /** The key of the row that is shown; undefined where nothing is there. */
  async function show(to: JumpTarget, topPx?: number): Promise<string | undefined> {
    // Why it did not come stands in the timeline.
    const key = await timeline.goTo(to).catch(() => undefined)
    if (key !== undefined) await view.value?.showRow(key, topPx)
    return key
  }

  async function goBack(): Promise<void> {
    const place = returns.value.at(-1)
    const rest = returns.value.slice(0, -1)
    if (place) await show({ message: place.row.message }, place.topPx)
    else await toLatest()
    returns.value = rest
  }

  /** What is left of the place where the reader stopped: unread messages come first. */
  const opensAt = computed(() =>
    timeline.rows.value.some(({ isFirstUnread }) => isFirstUnread) ? undefined : leftAt,
  )
  onMounted(async () => {
    if (!leftAt) return
    const isHere = () => timeline.rows.value.some(({ key }) => key === leftAt.key)
    await until(() => timeline.state.value !== 'loading').toBe(true)
    if (!isHere() && opensAt.value) await show({ message: leftAt.message }, leftAt.topPx)
  })
  onBeforeUnmount(() => {
    const place = view.value && !view.value.isAtEnd() ? view.value.readPlace() : undefined
    const { key, message } = place?.row ?? {}
    const isThere = place && key !== undefined && message
    places.keep(conversationId(), isThere ? { key, message: refOf(message), topPx: place.topPx } : undefined)
  })

  return { hasReturn: computed(() => returns.value.length > 0), opensAt, toLatest, goTo, goBack }
}

function isSamePlace(one: ReadPlace | undefined, other: ReadPlace | undefined): boolean {
  return one?.row.key === other?.row.key && Math.abs((one?.topPx ?? 0) - (other?.topPx ?? 0)) < 1
}
