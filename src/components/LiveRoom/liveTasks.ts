import type { LiveRoomView } from '../../composables'
import type { EpochMs, Message } from '../../model'

/** What the menu of a line offers. */
export type LiveTask =
  | 'pinThis'
  | 'muteTenMinutes'
  | 'muteHour'
  | 'muteForever'
  | 'unmute'
  | 'makeModerator'
  | 'unmakeModerator'
  | 'remove'
  | 'kick'

const MINUTE = 60_000

/** Exactly what the user may do about a line and whoever said it, in the order of the menu. */
export function liveTasksFor(view: LiveRoomView, message: Message, ownId: string): readonly LiveTask[] {
  const { senderId, parts } = message
  const isOwn = senderId === ownId
  const canOrder = view.canOrder(senderId)
  const isMuted = view.isMuted(senderId)
  const isModerator = view.roleOf(senderId) === 'moderator'
  const offers: readonly (readonly [boolean, readonly LiveTask[]])[] = [
    [view.canPin.value && isOwn && parts.some(({ kind }) => kind === 'text'), ['pinThis']],
    [canOrder && !isMuted, ['muteTenMinutes', 'muteHour', 'muteForever']],
    [canOrder && isMuted, ['unmute']],
    [view.canPin.value && !isOwn, [isModerator ? 'unmakeModerator' : 'makeModerator']],
    [view.canRemove(message) && !isOwn, ['remove']],
    [canOrder, ['kick']],
  ]
  return offers.flatMap(([isOffered, tasks]) => (isOffered ? tasks : []))
}

/** Does one of them; `nowAt` is the server's time. */
export async function doLiveTask(
  view: LiveRoomView,
  task: LiveTask,
  message: Message,
  nowAt: EpochMs,
): Promise<void> {
  const { senderId: userId } = message
  const mute = (until: EpochMs | 'forever' | null) => view.order({ kind: 'mute', userId, until })
  switch (task) {
    case 'pinThis':
      return view.pin(textOf(message))
    case 'muteTenMinutes':
      return mute(nowAt + 10 * MINUTE)
    case 'muteHour':
      return mute(nowAt + 60 * MINUTE)
    case 'muteForever':
      return mute('forever')
    case 'unmute':
      return mute(null)
    case 'makeModerator':
    case 'unmakeModerator':
      return view.setModerator(userId, task === 'makeModerator')
    case 'remove':
      return view.remove(message)
    case 'kick':
      return view.order({ kind: 'kick', userId })
  }
}

/** What a message says in words. */
export function textOf({ parts }: Pick<Message, 'parts'>): string {
  return parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n')
}
