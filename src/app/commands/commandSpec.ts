import type { Ability, Transport } from '../../core/ports'
import type {
  ChatEvent,
  Command,
  CommandIntent,
  Contact,
  Conversation,
  ConversationId,
  FriendRequest,
  Group,
  GroupId,
  IntentResults,
  MessageRef,
  UserId,
} from '../../model'

/** What commands may look at when they are given. */
export interface CommandContext {
  readonly ownId: UserId
  /** The facts as they stand, for the way back. */
  readonly conversation: (id: ConversationId) => Conversation | undefined
  /** One's own reactions to a message as shown. */
  readonly ownReactions: (ref: MessageRef) => readonly string[]
  readonly group: (id: GroupId) => Group | undefined
  readonly contact: (id: UserId) => Contact | undefined
  readonly friendRequests: () => readonly FriendRequest[]
  readonly blockedIds: () => readonly UserId[]
}

/** A change shown before the backend has made it, and the way back. */
export interface Optimism {
  readonly events: readonly ChatEvent[]
  /** True while what is shown is still this change: later ones, and what is gone, are not taken back with it. */
  readonly isShown?: () => boolean
  readonly undo: readonly ChatEvent[]
}

/** How one kind of command goes out. */
export interface CommandSpec<C extends Command, R> {
  /** What the backend must be able to do. */
  readonly ability: Ability
  /** Commands of one lane keep their order. */
  lane(command: C): string
  /**
   * Does it at the backend. Doing it again must not change more than doing it once, unless `isOnce` says so.
   * Undefined: this backend cannot.
   */
  run(transport: Transport, command: C): Promise<R> | undefined
  /** Doing it twice is not the same as doing it once: after a doubt only a person decides. */
  readonly isOnce?: boolean
  /** What is shown at once. */
  foresee?(command: C, context: CommandContext): Optimism
  /** What follows once the backend has done it, whatever it tells by events. */
  follow?(command: C, result: R, context: CommandContext): readonly ChatEvent[]
  /** An older one that waits becomes pointless through a newer one. */
  replaces?(older: C, newer: C): boolean
}

/** One spec for each kind of command but sending. */
export type CommandSpecs = {
  readonly [N in CommandIntent['type']]: CommandSpec<Extract<Command, { type: N }>, IntentResults[N]>
}
