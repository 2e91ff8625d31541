import { onScopeDispose, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { useChatKit, useLocale } from '../../composables'
import type { LiveRoomView, LiveRow } from '../../composables'
import { useLiveWords } from './useLiveWords'

/** No more often than this is anything read out: a room that talks all the time could not be used. */
const EVERY_MS = 4_000

/** What is read out of a room: what the hosts say, gifts, and what means the user; many at once as one (J1). */
export function useAnnouncements(view: LiveRoomView): Readonly<Ref<string>> {
  const kit = useChatKit()
  const { t } = useLocale()
  const { lineText } = useLiveWords()
  const words = shallowRef('')
  let newest: LiveRow | undefined
  let waiting = 0
  let last: LiveRow | undefined
  let stop: (() => void) | undefined

  function isWorthHearing({ message, priority }: LiveRow): boolean {
    if (message.senderId === kit.userId) return false
    return priority === 'high' || (message.mentions?.userIds.includes(kit.userId) ?? false)
  }

  function speak(): void {
    stop = undefined
    if (!newest) return
    const name = newest.message.senderName || newest.message.senderId
    const text = t('live.heard', { name, text: lineText(newest) })
    words.value = waiting > 1 ? t('live.heardMore', { text, n: waiting - 1 }, waiting - 1) : text
    newest = undefined
    waiting = 0
    stop = kit.clock.after(EVERY_MS, speak)
  }

  watch(view.rows, (rows) => {
    const from = last ? rows.indexOf(last) + 1 : 0
    last = rows.at(-1) ?? last
    for (const row of rows.slice(from)) {
      if (!isWorthHearing(row)) continue
      newest = row
      waiting += 1
    }
    if (newest && !stop) speak()
  })
  onScopeDispose(() => stop?.())
  return words
}
