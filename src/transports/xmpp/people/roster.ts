import type { Stop } from '../../../model'
import { refusals } from '../refusals'
import { bareJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { createWaiters } from '../wire/waiters'
import type { Area, Me, Wire } from '../wire/wire'
import { attrOf, elementOf, elementsOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** One line of the list that the server keeps of one's people (RFC 6121). */
export interface RosterItem {
  readonly jid: BareJid
  readonly name?: string
  readonly groups: readonly string[]
  /** 'to': I hear of them; 'from': they hear of me. */
  readonly subscription: 'none' | 'to' | 'from' | 'both'
  /** I have asked to hear of them, and they have not answered. */
  readonly isAsked: boolean
}
/** Hears each change of a line; undefined where there is none. */
export type RosterListener = (
  jid: BareJid,
  before: RosterItem | undefined,
  after: RosterItem | undefined,
) => void
/** The list as the server last told it. */
export interface Roster {
  readonly area: Area
  get(jid: BareJid): RosterItem | undefined
  all(): readonly RosterItem[]
  /** Writes what only I call somebody; makes the line where there is none. */
  write(jid: BareJid, name: string | undefined, groups: readonly string[]): Promise<void>
  /** Takes the line away, and with it all that either may hear of the other. */
  remove(jid: BareJid): Promise<void>
  /** Waits until the server has told of a line that satisfies. */
  until(jid: BareJid, isIt: (item: RosterItem | undefined) => boolean): Promise<void>
  watch(listener: RosterListener): Stop
}

const TOLD_WITHIN_MS = 10_000

/** Whether somebody counts as a contact: one hears of them. */
export function isContact(item: RosterItem | undefined): boolean {
  return item?.subscription === 'to' || item?.subscription === 'both'
}

/** Empty until sign-in. */
export function createRoster(wire: Wire): Roster {
  let itemsByJid = new Map<BareJid, RosterItem>()
  const listeners = new Set<RosterListener>()
  const changes = createWaiters<undefined>(wire.clock)

  function put(jid: BareJid, after: RosterItem | undefined): void {
    const before = itemsByJid.get(jid)
    if (after) itemsByJid.set(jid, after)
    else itemsByJid.delete(jid)
    for (const listener of listeners) listener(jid, before, after)
    changes.resolve(undefined)
  }

  function takePush(stanza: Xml): boolean {
    const query = elementOf(stanza, 'query', NS.roster)
    const me = wire.me()
    if (!query || !me || attrOf(stanza, 'type') !== 'set') return false
    // Anybody else could make friends in one's name.
    if (!isFromOwnAccount(stanza, me)) {
      wire.reject('a forged roster push')
      return false
    }
    for (const element of elementsOf(query, 'item', NS.roster)) {
      const jid = bareJid(attrOf(element, 'jid'))
      if (jid !== undefined) put(jid, readItem(jid, element))
    }
    wire.send(xml('iq', { type: 'result', id: attrOf(stanza, 'id') }))
    return true
  }

  return {
    area: {
      onRequest: takePush,
      async onSignIn({ isFirst }) {
        const answer = await wire.request({ type: 'get', payload: xml('query', { xmlns: NS.roster }) })
        const elements = elementsOf(elementOf(answer, 'query', NS.roster), 'item', NS.roster)
        const fresh = new Map<BareJid, RosterItem>()
        for (const element of elements) {
          const jid = bareJid(attrOf(element, 'jid'))
          const item = jid === undefined ? undefined : readItem(jid, element)
          if (item) fresh.set(item.jid, item)
        }
        if (isFirst) itemsByJid = fresh
        else for (const jid of new Set([...itemsByJid.keys(), ...fresh.keys()])) put(jid, fresh.get(jid))
      },
      onEnd: () => itemsByJid.clear(),
    },
    get: (jid) => itemsByJid.get(jid),
    all: () => [...itemsByJid.values()],
    async write(jid, name, groups) {
      const inside = [...new Set(groups)].map((group) => xml('group', {}, group))
      const payload = xml('query', { xmlns: NS.roster }, xml('item', { jid, name }, inside))
      await wire.request({ type: 'set', payload })
    },
    async remove(jid) {
      const item = xml('item', { jid, subscription: 'remove' })
      await wire.request({ type: 'set', payload: xml('query', { xmlns: NS.roster }, item) })
    },
    async until(jid, isIt) {
      while (!isIt(itemsByJid.get(jid))) {
        await changes.wait(TOLD_WITHIN_MS, () => refusals.noAnswer('unknown'))
      }
    },
    watch(listener) {
      const own: RosterListener = (...told) => listener(...told)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}

/** Whether one's own account says it, or the server in its place. */
export function isFromOwnAccount(stanza: Xml, me: Me): boolean {
  const from = attrOf(stanza, 'from')
  return from === undefined || from === me.bare
}

function readItem(jid: BareJid, element: Xml): RosterItem | undefined {
  const subscription = attrOf(element, 'subscription') ?? 'none'
  if (subscription === 'remove') return undefined
  const name = attrOf(element, 'name')
  const groups = elementsOf(element, 'group', NS.roster).map(textOf)
  const isKnown = subscription === 'to' || subscription === 'from' || subscription === 'both'
  return {
    jid,
    ...(name !== undefined && { name }),
    groups: [...new Set(groups.filter((group) => group !== ''))],
    subscription: isKnown ? subscription : 'none',
    isAsked: attrOf(element, 'ask') === 'subscribe',
  }
}
