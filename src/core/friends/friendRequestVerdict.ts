import type { EpochMs, RequestState } from '../../model'

/** What is known of the last time one person asked another to be a friend. */
export interface FriendRequestHistory {
  /** How that request stands now. */
  readonly state: RequestState
  /** When it was made; unknown on some backends. */
  readonly askedAt?: EpochMs
  /** When it was accepted or refused; the asking counts where nobody knows. */
  readonly answeredAt?: EpochMs
}
/** Whether somebody may be asked (again), and if not, until when and because of what. */
export type FriendRequestVerdict =
  | { readonly mayAsk: true }
  | { readonly mayAsk: false; readonly because: 'unanswered' | 'refused'; readonly untilAt: EpochMs }

const DAY_MS = 86_400_000
const UNANSWERED_REST_MS = 7 * DAY_MS
const REFUSED_REST_MS = 30 * DAY_MS

/**
 * The rule against pestering (H2): who was never asked, or has accepted before, may be asked; who has not answered may be
 * asked again after 7 days, and who has refused after 30. Without a history nobody was asked.
 */
export function friendRequestVerdict(
  history: FriendRequestHistory | undefined,
  nowMs: EpochMs,
): FriendRequestVerdict {
  if (history?.state === 'pending') return restFrom(history.askedAt, UNANSWERED_REST_MS, 'unanswered', nowMs)
  if (history?.state !== 'refused') return { mayAsk: true }
  return restFrom(history.answeredAt ?? history.askedAt, REFUSED_REST_MS, 'refused', nowMs)
}

function restFrom(
  at: EpochMs | undefined,
  restMs: number,
  because: 'unanswered' | 'refused',
  nowMs: EpochMs,
): FriendRequestVerdict {
  // Nobody knows when it was: the backend decides.
  if (at === undefined || nowMs >= at + restMs) return { mayAsk: true }
  return { mayAsk: false, because, untilAt: at + restMs }
}
