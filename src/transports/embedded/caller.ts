import { frozen } from '../../core/data'
import { toChatError } from '../../model'
import type { Cursor, UserId } from '../../model'
import type { Engine } from './engine'
import type { Knowledge } from './knowledge'
import { refusals } from './refusals'

/** Who is signed in, and the name of this sign-in. */
export interface SignIn {
  readonly userId: UserId
  /** Cursors carry it, because they are good for one session only. */
  readonly id: string
}
/** What a facet needs of its transport. */
export interface Caller {
  readonly engine: Engine
  readonly knowledge: Knowledge
  /** Waits for a sign-in under way; rejects when nobody signs in (A6). */
  signIn(): Promise<SignIn>
}

/**
 * Does a call for whoever is signed in; whatever it throws comes out as a ChatError (K2). The answer is frozen, for in memory
 * it is what the service itself holds.
 */
export async function asUser<R>(caller: Caller, work: (user: SignIn) => Promise<R>): Promise<R> {
  try {
    const user = await caller.signIn()
    caller.engine.rates.take(user.userId, 'requestsPerSecond')
    return frozen(await work(user))
  } catch (error) {
    throw toChatError(error)
  }
}

/** A cursor of this session over the list named `scope`. */
export function makeCursor(user: SignIn, scope: string, place: string): Cursor {
  return `${user.id}|${scope}|${place}`
}

/** The place a cursor names; refuses one of another session or another list. */
export function readCursor(user: SignIn, scope: string, cursor: unknown): string {
  const prefix = `${user.id}|${scope}|`
  if (typeof cursor !== 'string' || !cursor.startsWith(prefix)) throw refusals.oldCursor()
  return cursor.slice(prefix.length)
}
