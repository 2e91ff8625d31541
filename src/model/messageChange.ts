import type { ChatErrorShape } from './chatError'
import type { EpochMs, UserId } from './id'
import type { Texts } from './json'
import type { MessageBody, MessageRef, ReactionTotal } from './message'

/** Kept until its message is known. One that the server does not vouch for counts only if `byId` sent that message. */
export type MessageChange = {
  readonly ref: MessageRef
  readonly byId?: UserId
  readonly at?: EpochMs
  readonly isVouched: boolean
} & (
  | { readonly kind: 'recalled'; readonly reason?: string }
  | {
      readonly kind: 'edited'
      readonly body: Pick<MessageBody, 'parts' | 'mentions'>
      readonly revision?: number
    }
  | { readonly kind: 'removed' }
  | { readonly kind: 'failed'; readonly error: ChatErrorShape }
  | {
      readonly kind: 'reaction-totals'
      readonly totals: readonly ReactionTotal[]
      readonly isWhole: boolean
    }
  | { readonly kind: 'reactions-of'; readonly userId: UserId; readonly reactionKeys: readonly string[] }
  | { readonly kind: 'extensions'; readonly set: Texts; readonly deleted: readonly string[] }
  | { readonly kind: 'pinned'; readonly isPinned: boolean }
  /** By this user; the first time counts. */
  | { readonly kind: 'opened'; readonly openedAt: EpochMs }
)
