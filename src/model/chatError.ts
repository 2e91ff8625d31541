import type { EpochMs } from './id'
import type { Message } from './message'

/** Who issued the code: the backend where it gave one, else 'parley'. */
export type ErrorDomain = 'parley' | 'tencent' | 'leancloud' | 'wildfire' | 'xmpp' | (string & {})
/** The little the kit branches on; everything else is told by (domain, code). */
export type ErrorKind =
  | 'offline'
  | 'timeout'
  | 'cancelled'
  | 'signed-out'
  | 'invalid'
  | 'unsupported'
  | 'not-in-plan'
  | 'forbidden'
  | 'muted'
  | 'blocked'
  | 'not-related'
  | 'not-member'
  | 'not-found'
  | 'already-done'
  | 'conflict'
  | 'full'
  | 'too-large'
  | 'too-often'
  | 'too-late'
  | 'content-refused'
  | 'cursor-expired'
  | 'other'
/** What every rejected promise is; a failure for which the backend has no code is in domain 'parley' (K2). */
export interface ChatErrorShape {
  readonly domain: ErrorDomain
  readonly code: number | string
  readonly kind: ErrorKind
  /** 'unknown': the call may have taken effect; ask before doing it again. */
  readonly effect: 'none' | 'unknown'
  readonly retry: 'never' | 'later' | 'after-sign-in'
  /** Who can mend it. */
  readonly audience: 'user' | 'developer' | 'operator'
  /** When a mute, a ban, a rate limit or a waiting period ends. */
  readonly untilAt?: EpochMs
  /** With kind 'conflict': the message as the server holds it. */
  readonly latest?: Message
  readonly cause?: unknown
}
/** What an error is made of: only `code` and `kind` have no default. */
export type ChatErrorInit = Partial<ChatErrorShape> & Pick<ChatErrorShape, 'code' | 'kind'>

/** The one error type: every promise the kit or a transport rejects is one (K2). */
export class ChatError extends Error implements ChatErrorShape {
  override readonly name = 'ChatError'
  readonly domain: ErrorDomain
  readonly code: number | string
  readonly kind: ErrorKind
  readonly effect: ChatErrorShape['effect']
  readonly retry: ChatErrorShape['retry']
  readonly audience: ChatErrorShape['audience']
  readonly untilAt?: EpochMs
  readonly latest?: Message

  /**
   * Defaults: domain 'parley', effect 'none', retry 'never', audience 'user'. `message` is for logs; people read the
   * words that i18n holds for the code.
   */
  constructor(init: ChatErrorInit, message?: string) {
    const domain = init.domain ?? 'parley'
    super(message ?? `${domain} ${init.code} (${init.kind})`, { cause: init.cause })
    this.domain = domain
    this.code = init.code
    this.kind = init.kind
    this.effect = init.effect ?? 'none'
    this.retry = init.retry ?? 'never'
    this.audience = init.audience ?? 'user'
    if (init.untilAt !== undefined) this.untilAt = init.untilAt
    if (init.latest !== undefined) this.latest = init.latest
  }
}

/** True for a ChatError of any copy of the kit (two bundles on one page do not share the class). */
export function isChatError(value: unknown): value is ChatErrorShape {
  if (value instanceof ChatError) return true
  if (typeof value !== 'object' || value === null) return false
  const shape = value as Partial<ChatErrorShape>
  return (
    typeof shape.domain === 'string' && typeof shape.kind === 'string' && 'code' in shape && 'retry' in shape
  )
}

/** Any thrown value as a ChatError: one already stays itself, anything else becomes `parley unexpected`. */
export function toChatError(thrown: unknown): ChatErrorShape {
  return isChatError(thrown)
    ? thrown
    : new ChatError({
        code: 'unexpected',
        kind: 'other',
        effect: 'unknown',
        cause: thrown,
        audience: 'developer',
      })
}

/** The error as plain data, without its cause: what can be stored and handed to another tab. */
export function plainError(error: ChatErrorShape): ChatErrorShape {
  const { domain, code, kind, effect, retry, audience, untilAt, latest } = error
  return {
    domain,
    code,
    kind,
    effect,
    retry,
    audience,
    ...(untilAt !== undefined && { untilAt }),
    ...(latest !== undefined && { latest }),
  }
}
