import { computed, shallowRef } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { useChatKit, useLocale } from '../../composables'
import type { LiveRoomView, LiveRow } from '../../composables'
import { toChatError } from '../../model'
import type { EpochMs } from '../../model'
import type { MenuItem, MenuPlace } from '../Menu'
import { doLiveTask, liveTasksFor } from './liveTasks'
import type { LiveTask } from './liveTasks'

/** What can be asked for. */
export interface OpenMenu {
  readonly place: MenuPlace
  /** The line it is about; absent: the room. */
  readonly row?: LiveRow
}
/** What a person orders in a live room, and how it is asked for. */
export interface LiveOrders {
  readonly menu: Readonly<Ref<OpenMenu | undefined>>
  readonly items: ComputedRef<readonly MenuItem[]>
  readonly label: ComputedRef<string>
  /** Why the last order was not carried out, in words. */
  readonly failure: Readonly<Ref<string | undefined>>
  /** What is to be pinned is being written. */
  readonly isPinning: Ref<boolean>
  readonly pinText: Ref<string>
  openRoom(place: MenuPlace): void
  openLine(row: LiveRow, place: MenuPlace): void
  close(): void
  /** Pins what is written; nothing but spaces takes away what is pinned. */
  pin(): Promise<void>
  unpin(): void
}

/** The orders of one room; `now` is the time they are given at. */
export function useLiveOrders(view: LiveRoomView, now: Readonly<Ref<EpochMs>>): LiveOrders {
  const { userId } = useChatKit()
  const { t, errorText } = useLocale()
  const menu = shallowRef<OpenMenu>()
  const failure = shallowRef<string>()
  const isPinning = shallowRef(false)
  const pinText = shallowRef('')

  const items = computed<readonly MenuItem[]>(() => {
    const row = menu.value?.row
    return row ? lineItems(row) : roomItems()
  })
  const label = computed(() => {
    const row = menu.value?.row
    return row
      ? t('live.actionsFor', { name: row.message.senderName || row.message.senderId })
      : t('live.roomActions')
  })

  function lineItems({ message }: LiveRow): readonly MenuItem[] {
    const item = (task: LiveTask): MenuItem => ({
      id: task,
      label: t(`live.${task}`),
      isDestructive: task === 'kick' || task === 'remove',
      run: () => attempt(() => doLiveTask(view, task, message, now.value)),
    })
    return liveTasksFor(view, message, userId).map(item)
  }

  function roomItems(): readonly MenuItem[] {
    const isOn = view.isMutedForAll.value
    const muteAll = () => attempt(() => view.muteAll(!isOn))
    return [
      ...(view.canPin.value ? [{ id: 'pin', label: t('live.pin'), run: beginPin }] : []),
      ...(view.canMuteAll.value ? [{ id: 'muteAll', label: t('live.muteAll'), isOn, run: muteAll }] : []),
    ]
  }

  function beginPin(): void {
    pinText.value = view.pinned.value ?? ''
    isPinning.value = true
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    failure.value = undefined
    try {
      await work()
    } catch (thrown) {
      failure.value = errorText(toChatError(thrown))
    }
  }

  return {
    menu,
    items,
    label,
    failure,
    isPinning,
    pinText,
    openRoom: (place) => (menu.value = { place }),
    openLine: (row, place) => (menu.value = { place, row }),
    close: () => (menu.value = undefined),
    pin: () => view.pin(pinText.value.trim() === '' ? null : pinText.value),
    unpin: () => void attempt(() => view.pin(null)),
  }
}
