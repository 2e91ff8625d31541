import type { TimelineEntry } from '../core/timeline'
import type { CatalogueKey } from '../i18n'
import type {
  ChatErrorShape,
  Conversation,
  Group,
  Message,
  Part,
  Presence,
  SessionState,
  UserId,
} from '../model'
import type { MessageStatus } from './rows'

/** One step of the list that finds out why a message did not arrive. */
export interface CheckStep {
  readonly key: StepKey
  readonly verdict: 'ok' | 'bad' | 'unknown'
  /** What was found, in the reader's language. */
  readonly words: string
}
/** Where a message is, and the steps (A9). */
export interface MessageCheck {
  /** The outbox's states, then what the receipts say; `received` is somebody else's message. */
  readonly where: MessageStatus | 'received' | 'cancelled'
  readonly words: string
  /** Why it failed or is unsure. */
  readonly error?: ChatErrorShape
  readonly steps: readonly CheckStep[]
}

/** What is known around one message. */
export interface CheckSurroundings {
  readonly ownId: UserId
  readonly session: SessionState
  readonly conversation: Conversation | undefined
  readonly group: Group | undefined
  readonly status: MessageStatus | undefined
  /** Whether the peer's profile is here, or known not to exist. */
  readonly peer: 'known' | 'missing' | 'unknown'
  readonly presence: Presence['state']
  readonly hasListener: boolean | undefined
}
type Verdict = CheckStep['verdict']
type StepKey =
  | 'connection'
  | 'account'
  | 'sent'
  | 'peer'
  | 'presence'
  | 'membership'
  | 'incarnation'
  | 'content'
  | 'rate'
  | 'blocked'
  | 'listener'
type Say = (key: CatalogueKey, named?: Readonly<Record<string, string | number>>) => string

/** Walks the list of reasons for which a message does not arrive; what cannot be known from here is 'unknown'. */
export function explainMessage(
  t: Say,
  entry: Pick<TimelineEntry, 'message' | 'outbox'>,
  around: CheckSurroundings,
): MessageCheck {
  const { outbox, message } = entry
  const isOwn = message.senderId === around.ownId
  const where = outbox?.state === 'cancelled' ? 'cancelled' : (around.status ?? (isOwn ? 'sent' : 'received'))
  const error = outbox && 'error' in outbox ? outbox.error : undefined
  const verdicts: readonly (readonly [StepKey, Verdict])[] = [
    ['connection', ofConnection(around.session)],
    ['account', ofAccount(around.session)],
    ['sent', ofSending(where)],
    ...(around.conversation?.groupId === undefined
      ? ([
          ['peer', { known: 'ok', missing: 'bad', unknown: 'unknown' }[around.peer] as Verdict],
          ['presence', { online: 'ok', offline: 'bad', unknown: 'unknown' }[around.presence] as Verdict],
        ] as const)
      : ([
          ['membership', ofMembership(around.group, error)],
          ['incarnation', ofIncarnation(around.conversation, around.group)],
        ] as const)),
    ['content', ofContent(message)],
    ['rate', ofRate(where, error)],
    ['blocked', ofBlocking(where, error)],
    ['listener', around.hasListener === undefined ? 'unknown' : around.hasListener ? 'ok' : 'bad'],
  ]
  return {
    where,
    words: t(`diagnostics.where.${where}`),
    ...(error && { error }),
    steps: verdicts.map(([key, verdict]) => ({
      key,
      verdict,
      words: wordsFor(t, key, verdict, around.ownId),
    })),
  }
}

function wordsFor(t: Say, key: StepKey, verdict: Verdict, user: UserId): string {
  if (verdict === 'ok') return t(`diagnostics.ok.${key}`, { user })
  return verdict === 'bad' ? t(`diagnostics.bad.${key}`, { user }) : t(`diagnostics.unknown.${key}`, { user })
}

function ofConnection({ state }: SessionState): Verdict {
  if (state === 'connecting' || state === 'reconnecting') return 'unknown'
  return state === 'online' ? 'ok' : 'bad'
}

function ofAccount({ state }: SessionState): Verdict {
  if (state === 'online') return 'ok'
  return ['credentials-needed', 'kicked', 'banned', 'refused'].includes(state) ? 'bad' : 'unknown'
}

function ofSending(where: MessageCheck['where']): Verdict {
  if (where === 'failed' || where === 'cancelled') return 'bad'
  return where === 'queued' || where === 'sending' || where === 'unsure' ? 'unknown' : 'ok'
}

function ofMembership(group: Group | undefined, error: ChatErrorShape | undefined): Verdict {
  if (error?.kind === 'not-member') return 'bad'
  if (!group || group.state === 'unknown') return 'unknown'
  return group.state === 'joined' ? 'ok' : 'bad'
}

/** Messages of a group that was dissolved under the same id are dropped with it, so what is shown is of today's group. */
function ofIncarnation(conversation: Conversation, group: Group | undefined): Verdict {
  if (group?.state === 'dissolved') return 'bad'
  return conversation.incarnation === undefined ? 'unknown' : 'ok'
}

/** Many services tell the sender nothing of a block, so 'sent' alone proves nothing. */
function ofBlocking(where: MessageCheck['where'], error: ChatErrorShape | undefined): Verdict {
  if (error?.kind === 'blocked' || error?.kind === 'not-related') return 'bad'
  return ['delivered', 'read', 'received'].includes(where) ? 'ok' : 'unknown'
}

function ofRate(where: MessageCheck['where'], error: ChatErrorShape | undefined): Verdict {
  if (error?.kind === 'too-often') return 'bad'
  return error || ofSending(where) === 'ok' ? 'ok' : 'unknown'
}

/** Receivers drop a message without content. */
function ofContent({ parts, recalled }: Message): Verdict {
  if (recalled) return 'ok'
  if (parts.every((part: Part) => part.kind === 'text' && part.text.trim() === '')) return 'bad'
  return parts.some(({ kind }) => kind === 'unsupported') ? 'unknown' : 'ok'
}
