import type { EpochMs, Message, UserId } from '../../model'
import type { LiveGift, LiveSignal } from './signals'

/** Gifts of one kind that somebody gave one after the other: shown as one. */
export interface GiftCombo {
  /** Names the combo as long as it is there. */
  readonly key: string
  readonly senderId: UserId
  readonly senderName?: string
  readonly gift: LiveGift
  readonly count: number
  /** When the last of them came, on the device's clock. */
  readonly at: EpochMs
}

/** Whoever gives again within this time goes on with what he began. */
const COMBO_MS = 4_000
const COMBOS_KEPT = 12

/** The gifts with one more; the newest last. */
export function addGift(
  gifts: readonly GiftCombo[],
  message: Message,
  { gift, count }: Extract<LiveSignal, { kind: 'gift' }>,
  at: EpochMs,
): readonly GiftCombo[] {
  const { senderId, senderName, keys } = message
  const begun = gifts.find(
    (combo) => combo.senderId === senderId && combo.gift.id === gift.id && at - combo.at <= COMBO_MS,
  )
  const combo: GiftCombo = {
    key: begun?.key ?? keys[0] ?? '',
    senderId,
    ...(senderName !== undefined && { senderName }),
    gift,
    count: (begun?.count ?? 0) + count,
    at,
  }
  return [...gifts.filter((other) => other !== begun), combo].slice(-COMBOS_KEPT)
}
