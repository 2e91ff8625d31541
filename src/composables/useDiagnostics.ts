import { computed, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'
import type { TimelineEntry } from '../core/timeline'
import type { ConversationId, EpochMs, OutboxItem } from '../model'
import {
  useConversationStore,
  useDiagnosticsStore,
  useGroupStore,
  usePresenceStore,
  useProfileStore,
  useReceiptStore,
  useSessionStore,
  useOutboxStore,
  useTimelineStore,
} from '../stores'
import { explainMessage } from './explainMessage'
import type { MessageCheck } from './explainMessage'
import { useChatKit } from './kitContext'
import { countReaders, statusOf } from './timelineRows'
import { useLocale } from './useLocale'

/** A name and what is known under it, ready to print. */
export interface DiagnosticFact {
  readonly name: string
  readonly value: string
}
/** Facts that belong together. */
export interface DiagnosticSection {
  readonly key: 'session' | 'history' | 'errors' | 'outbox' | 'storage' | 'backend' | 'log'
  readonly title: string
  readonly facts: readonly DiagnosticFact[]
}
/** What a person or a developer needs to find a fault (A9). */
export interface DiagnosticsView {
  /** Everything known, without the words of any message and without secrets. */
  readonly sections: ComputedRef<readonly DiagnosticSection[]>
  /** Asks again what does not tell by itself: what waits, and how much is kept. */
  refresh(): Promise<void>
  /** Where a message is and why it may not have arrived; undefined where there is no such row. */
  explainMessage(conversationId: ConversationId, rowKey: string): MessageCheck | undefined
  /** The sections as plain text, to be sent to whoever can help; with a row its steps too. */
  report(about?: { readonly conversationId: ConversationId; readonly rowKey: string }): string
}

/** Reads the stores and the kit for the diagnostics view. */
export function useDiagnostics(): DiagnosticsView {
  const kit = useChatKit()
  const { t, number, errorText } = useLocale()
  const session = useSessionStore(kit.pinia)
  const past = useDiagnosticsStore(kit.pinia)
  const outboxItems = shallowRef<readonly OutboxItem[]>()
  const cacheSize = shallowRef<Readonly<Record<string, number>>>()
  const look = createLook(kit)
  const notKnown = () => t('diagnostics.notKnown')
  const yesNo = (is: boolean | undefined) =>
    is === undefined ? notKnown() : is ? t('diagnostics.yes') : t('diagnostics.no')

  async function refresh(): Promise<void> {
    const [items, size] = await Promise.all([
      kit.facts?.outboxItems?.().catch(() => undefined),
      kit.facts?.cacheSize?.().catch(() => undefined),
    ])
    outboxItems.value = items
    cacheSize.value = size
  }

  function sessionFacts(): readonly DiagnosticFact[] {
    const { session: now } = session
    const error = 'error' in now ? now.error : undefined
    return [
      fact(t('diagnostics.state'), now.state),
      fact(t('diagnostics.user'), kit.userId),
      ...(error ? [fact(t('diagnostics.reason'), `${nameOf(error)} · ${errorText(error)}`)] : []),
      fact(t('diagnostics.listener'), yesNo(kit.facts?.hasListener())),
      fact(t('diagnostics.clockOffset'), t('diagnostics.ms', { n: number(session.clockOffsetMs) })),
      fact(t('diagnostics.rejected'), number(session.rejectedCount)),
    ]
  }

  const sections = computed<readonly DiagnosticSection[]>(() => {
    const kind = kit.facts?.cacheKind?.()
    const abilities = kit.facts?.abilities?.()
    return [
      { key: 'session', title: t('diagnostics.session'), facts: sessionFacts() },
      {
        key: 'history',
        title: t('diagnostics.history'),
        facts: newestFirst(past.sessionChanges, ({ at, state, by, domain, code }) =>
          fact(
            isoTime(at),
            [state, by, code !== undefined && `${domain} ${code}`].filter(Boolean).join(' · '),
          ),
        ),
      },
      {
        key: 'errors',
        title: t('diagnostics.errors'),
        facts: newestFirst(past.recentErrors, (error) =>
          fact(
            isoTime(error.at),
            `${nameOf(error)} · ${errorText({ ...error, effect: 'none', retry: 'never', audience: 'user' })}`,
          ),
        ),
      },
      {
        key: 'outbox',
        title: t('diagnostics.outbox'),
        facts: countByState(outboxItems.value ?? look.unsent()).map(([state, n]) => fact(state, number(n))),
      },
      {
        key: 'storage',
        title: t('diagnostics.storage'),
        facts: [
          fact(t('diagnostics.kept'), kind ?? notKnown()),
          ...Object.entries(cacheSize.value ?? {}).map(([table, n]) => fact(table, number(n))),
        ],
      },
      {
        key: 'backend',
        title: t('diagnostics.backend'),
        facts: [
          fact(t('diagnostics.transport'), kit.facts?.transportId ?? notKnown()),
          fact(t('diagnostics.scope'), kit.facts?.scope ?? notKnown()),
          ...Object.entries(kit.limits()).map(([name, n]) => fact(name, number(n))),
          fact(
            t('diagnostics.abilities'),
            abilities?.filter((ability) => isOpen(kit.can(ability))).join(', ') ?? notKnown(),
          ),
        ],
      },
      {
        key: 'log',
        title: t('diagnostics.log'),
        facts: newestFirst(kit.facts?.logEntries?.() ?? [], ({ at, level, message, domain, code }) =>
          fact(isoTime(at), `${level} · ${message}${code === undefined ? '' : ` · ${domain} ${code}`}`),
        ),
      },
    ]
  })

  function explain(conversationId: ConversationId, rowKey: string): MessageCheck | undefined {
    const entry = look.entry(conversationId, rowKey)
    return entry && explainMessage(t, entry, look.around(conversationId, entry))
  }

  return {
    sections,
    refresh,
    explainMessage: explain,
    report(about) {
      const check = about && explain(about.conversationId, about.rowKey)
      const lines = sections.value.map(({ title, facts }) => [
        `## ${title}`,
        ...(facts.length > 0 ? facts.map(({ name, value }) => `${name}: ${value}`) : [t('diagnostics.none')]),
      ])
      const steps = check
        ? [
            `## ${t('diagnostics.message')}`,
            `${about.conversationId} ${about.rowKey}`,
            `${check.where}: ${check.words}${check.error ? ` (${nameOf(check.error)})` : ''}`,
            ...check.steps.map(({ key, verdict, words }) => `[${verdict}] ${key}: ${words}`),
          ]
        : []
      return [[`# ${t('diagnostics.region')} ${isoTime(kit.clock.now())}`], ...lines, steps]
        .filter((part) => part.length > 0)
        .map((part) => part.join('\n'))
        .join('\n\n')
    },
  }
}

/** What the stores know of single messages. */
function createLook(kit: ReturnType<typeof useChatKit>) {
  const session = useSessionStore(kit.pinia)
  const conversations = useConversationStore(kit.pinia)
  const groups = useGroupStore(kit.pinia)
  const profiles = useProfileStore(kit.pinia)
  const presences = usePresenceStore(kit.pinia)
  const receipts = useReceiptStore(kit.pinia)
  const timelines = useTimelineStore(kit.pinia)
  const outbox = useOutboxStore(kit.pinia)

  return {
    entry: (conversationId: ConversationId, rowKey: string) =>
      timelines.timelineById.get(conversationId)?.entry(rowKey),
    /** Commands that have not ended. */
    unsent: () => [...outbox.itemById.values()],
    around(conversationId: ConversationId, entry: TimelineEntry) {
      const conversation = conversations.byId.get(conversationId)
      const group = conversation?.groupId === undefined ? undefined : groups.byId.get(conversation.groupId)
      const peerId = conversation?.peerId ?? ''
      const { status } = statusOf(entry, kit.userId, {
        readers: countReaders(receipts.marksById.get(conversationId) ?? new Map(), kit.userId),
        isDirect: conversation?.kind === 'direct',
        ...(group?.memberCount !== undefined && { otherCount: group.memberCount - 1 }),
      })
      return {
        ownId: kit.userId,
        session: session.session,
        conversation,
        group,
        status,
        peer: profiles.byId.has(peerId) ? 'known' : profiles.missingIds.has(peerId) ? 'missing' : 'unknown',
        presence: presences.byId.get(peerId)?.state ?? 'unknown',
        hasListener: kit.facts?.hasListener(),
      } as const
    },
  }
}

function fact(name: string, value: string): DiagnosticFact {
  return { name, value }
}

function newestFirst<T>(all: readonly T[], show: (one: T) => DiagnosticFact): readonly DiagnosticFact[] {
  return all.slice(-50).reverse().map(show)
}

function nameOf({ domain, code }: { readonly domain: string; readonly code: number | string }): string {
  return `${domain} ${code}`
}

/** One form of time for all readers, so that reports of several people can be laid side by side. */
function isoTime(at: EpochMs): string {
  return Number.isFinite(at) ? new Date(at).toISOString() : '-'
}

function countByState(items: readonly { readonly state: string }[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { state } of items) counts.set(state, (counts.get(state) ?? 0) + 1)
  return [...counts]
}

function isOpen(verdict: unknown): boolean {
  return verdict === 'yes' || verdict === 'try'
}
