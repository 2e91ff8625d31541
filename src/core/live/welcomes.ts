import type { EpochMs, Message, UserId } from '../../model'

/** People who came in one after the other, told as one. */
export interface Welcome {
  /** Whoever came last. */
  readonly userId: UserId
  readonly userName?: string
  /** How many came, he included. */
  readonly count: number
  /** When he came, on the device's clock. */
  readonly at: EpochMs
}

/** Whoever comes within this time after the one before him is told together with him. */
const WELCOME_MS = 5_000

/** The welcome with somebody more. */
export function welcomed(known: Welcome | undefined, message: Message, at: EpochMs): Welcome {
  const { senderId, senderName } = message
  const isOneMore = known !== undefined && at - known.at <= WELCOME_MS
  return {
    userId: senderId,
    ...(senderName !== undefined && { userName: senderName }),
    count: isOneMore ? known.count + 1 : 1,
    at,
  }
}
