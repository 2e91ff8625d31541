import type { Conversation, ConversationId, NotifyMode } from '../../../model'
import type { Place } from '../messages/place'
import { refusals } from '../refusals'
import { bareJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { directId, roomId } from '../wire/names'
import { fetchItems, publishPrivately, readPepEvent } from '../wire/pep'
import type { PepItem } from '../wire/pep'
import type { Area, Me, Wire } from '../wire/wire'
import { attrOf, elementOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { directConversation, roomConversation } from './addressed'

/** What the person has set on a conversation. */
export interface ConversationSetting {
  readonly isPinned: boolean
  readonly notify: NotifyMode
}
/** What is set on conversations, the same on all devices of the account. */
export interface ConversationSettings {
  readonly area: Area
  /** Of one conversation; what was never set is plain. */
  of(id: ConversationId): ConversationSetting
  /** Whoever's direct conversations are pinned. */
  pinnedJids(): readonly BareJid[]
  change(place: Place, change: Partial<ConversationSetting>): Promise<void>
}

const PLAIN: ConversationSetting = { isPinned: false, notify: 'all' }
/** How many messages of a conversation are told of, and what the wire calls that (XEP-0492). */
const WORDS = { all: 'always', mentions: 'on-mention', none: 'never' } as const
type Mode = keyof typeof WORDS
/** The ways to notify that an account keeps. */
export const NOTIFY_MODES = Object.keys(WORDS) as readonly Mode[]

interface Kept extends ConversationSetting {
  readonly kind: 'direct' | 'group'
  readonly jid: BareJid
}

/** No wire has a word for a pin, so both stand in a node of the account's own; other clients know the mute by its word. */
export function createConversationSettings(wire: Wire): ConversationSettings {
  const byId = new Map<ConversationId, Kept>()

  function hear(stanza: Xml): boolean {
    const from = bareJid(attrOf(stanza, 'from'))
    const event = from === undefined ? undefined : readPepEvent(stanza, from)
    if (event?.node !== NS.conversationSettings) return false
    const me = wire.me()
    if (!me || event.from !== me.bare) {
      wire.reject('settings of somebody else')
      return true
    }
    const gone = event.retractedIds.flatMap((id) => [...byId.values()].filter(({ jid }) => jid === id))
    const told = [
      ...gone.map((one) => ({ ...one, ...PLAIN })),
      ...event.items.flatMap((item) => readItem(item) ?? []),
    ]
    told.forEach(keep)
    tell(me, told)
    return true
  }

  function keep(one: Kept): void {
    if (isPlain(one)) byId.delete(idOf(one))
    else byId.set(idOf(one), one)
  }

  function tell(me: Me, told: readonly Kept[]): void {
    const conversations = told.map((one) => ({ ...conversationOf(me, one), ...settingOf(one) }))
    if (conversations.length > 0) wire.emit({ type: 'conversation.changed', conversations })
  }

  return {
    area: {
      onMessage: hear,
      async onSignIn({ me }) {
        const before = new Map(byId)
        byId.clear()
        for (const item of await fetchItems(wire, NS.conversationSettings)) {
          const one = readItem(item)
          if (one) keep(one)
        }
        // What another device has set while this one was away.
        const lost = [...before.values()].filter((one) => !byId.has(idOf(one)))
        const news = [...byId.values()].filter((one) => !isSame(before.get(idOf(one)), one))
        tell(me, [...lost.map((one) => ({ ...one, ...PLAIN })), ...news])
      },
      onEnd: () => byId.clear(),
    },
    of: (id) => settingOf(byId.get(id)),
    pinnedJids: () =>
      [...byId.values()].flatMap(({ kind, jid, isPinned }) => (kind === 'direct' && isPinned ? [jid] : [])),
    async change({ id, kind, jid }, change) {
      const next: Kept = { ...settingOf(byId.get(id)), ...change, kind, jid }
      if (isSame(byId.get(id) ?? { ...next, ...PLAIN }, next)) return
      // What is plain again is said as well: not every server tells the other devices what was taken away.
      await publishPrivately(wire, NS.conversationSettings, jid, writeItem(next))
      keep(next)
    },
  }
}

/** A way to notify that an account keeps. @throws ChatError where it is none. */
export function checkedMode(mode: unknown): Mode {
  const known = NOTIFY_MODES.find((one) => one === mode)
  if (known === undefined) throw refusals.unsupported()
  return known
}

function settingOf(one: ConversationSetting | undefined): ConversationSetting {
  return { isPinned: one?.isPinned ?? PLAIN.isPinned, notify: one?.notify ?? PLAIN.notify }
}

function isPlain(one: ConversationSetting): boolean {
  return one.isPinned === PLAIN.isPinned && one.notify === PLAIN.notify
}

function isSame(one: ConversationSetting | undefined, other: ConversationSetting): boolean {
  return one?.isPinned === other.isPinned && one.notify === other.notify
}

function idOf({ kind, jid }: Pick<Kept, 'kind' | 'jid'>): ConversationId {
  return kind === 'group' ? roomId(jid) : directId(jid)
}

function conversationOf(me: Me, { kind, jid }: Kept): Conversation {
  return kind === 'group' ? roomConversation(jid) : directConversation(me, jid)
}

function readItem({ id, payload }: PepItem): Kept | undefined {
  const jid = bareJid(id)
  if (jid === undefined || payload.name !== 'conversation') return undefined
  const told = elementOf(payload, 'notify', NS.notifySettings)
  const notify = NOTIFY_MODES.find((mode) => elementOf(told, WORDS[mode])) ?? PLAIN.notify
  const kind = attrOf(payload, 'kind') === 'group' ? 'group' : 'direct'
  return { kind, jid, isPinned: attrOf(payload, 'pinned') === 'true', notify }
}

function writeItem({ kind, isPinned, notify }: Kept): Xml {
  const word = WORDS[checkedMode(notify)]
  return xml(
    'conversation',
    { xmlns: NS.conversationSettings, kind, pinned: isPinned ? 'true' : 'false' },
    xml('notify', { xmlns: NS.notifySettings }, xml(word, {})),
  )
}
