import { toChatError } from '../../../model'
import type { EpochMs, FriendRequest, Patch, RequestState } from '../../../model'
import { refusals } from '../refusals'
import { parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import type { Area, Wire } from '../wire/wire'
import { attrOf, elementOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { isContact } from './roster'
import type { Roster, RosterItem } from './roster'

/** Who wants to be a friend, and whom I have asked: subscriptions under way (RFC 6121). */
export interface FriendRequests {
  readonly area: Area
  all(): readonly FriendRequest[]
  /** Whom an incoming or outgoing request is with; throws where there is none such. */
  find(requestId: unknown): { readonly direction: 'in' | 'out'; readonly jid: BareJid }
  isIncoming(jid: BareJid): boolean
  ask(jid: BareJid, wording: string | undefined): Promise<void>
  accept(jid: BareJid): Promise<void>
  /** Answers no, or takes back an earlier yes. */
  refuse(jid: BareJid, state: 'refused' | 'gone'): void
  withdraw(jid: BareJid): Promise<void>
}

const MOST_REQUESTS = 1_000
const LONGEST_WORDING = 1_000

/** No requests until sign-in. */
export function createFriendRequests(wire: Wire, roster: Roster): FriendRequests {
  const incoming = new Map<BareJid, { readonly wording?: string; readonly at?: EpochMs }>()
  /** Servers do not keep what one wrote oneself. */
  const outgoing = new Map<BareJid, { readonly wording?: string; readonly at: EpochMs }>()
  /** No longer asked, and nobody has said why. */
  const unexplained = new Set<BareJid>()

  roster.watch((jid, before, after) => {
    if (incoming.has(jid) && hears(after)) {
      incoming.delete(jid)
      tell('in', jid, 'accepted')
    }
    if (!before?.isAsked && after?.isAsked) tell('out', jid, 'pending')
    if (before?.isAsked && !after?.isAsked) {
      if (!isContact(after)) unexplained.add(jid)
      tell('out', jid, isContact(after) ? 'accepted' : 'gone')
      if (isContact(after)) outgoing.delete(jid)
    }
  })

  function tell(direction: 'in' | 'out', jid: BareJid, state: RequestState): void {
    const me = wire.me()
    if (!me) return
    const about = { id: `${direction}:${jid}`, userId: me.names.userIdOf(jid), direction, state }
    const request: Patch<FriendRequest, 'id' | 'userId' | 'direction'> = {
      ...about,
      ...(direction === 'in' ? incoming.get(jid) : outgoing.get(jid)),
    }
    wire.emit({ type: 'friendRequest.changed', requests: [request] })
  }

  function say(jid: BareJid, type: string, wording?: string): void {
    const status = wording ? xml('status', {}, wording) : undefined
    wire.send(xml('presence', { to: jid, type }, status))
  }

  function hear(presence: Xml): boolean {
    const me = wire.me()
    const from = parseJid(attrOf(presence, 'from'))
    if (!me || !from || from.local === '' || from.bare === me.bare) return false
    switch (attrOf(presence, 'type')) {
      case 'subscribe':
        hearAsk(from.bare, presence)
        return true
      case 'unsubscribe':
        if (incoming.delete(from.bare)) tell('in', from.bare, 'gone')
        return true
      case 'unsubscribed':
        hearNo(from.bare)
        return true
      case 'subscribed':
        // The roster tells it, and only where it was asked for.
        return true
      default:
        return false
    }
  }

  function hearAsk(jid: BareJid, presence: Xml): void {
    const item = roster.get(jid)
    // Whom I have asked may hear of me too: no second question among friends.
    if (isContact(item) || item?.isAsked) return say(jid, 'subscribed')
    if (incoming.size >= MOST_REQUESTS && !incoming.has(jid)) return wire.reject('too many friend requests')
    const wording = textOf(elementOf(presence, 'status')).slice(0, LONGEST_WORDING)
    const stamp = Date.parse(attrOf(elementOf(presence, 'delay', NS.delay), 'stamp') ?? '')
    const at = Number.isNaN(stamp) ? incoming.get(jid)?.at : stamp
    incoming.set(jid, { ...(wording !== '' && { wording }), ...(at !== undefined && { at }) })
    tell('in', jid, 'pending')
  }

  function hearNo(jid: BareJid): void {
    if (!unexplained.delete(jid) && !roster.get(jid)?.isAsked) return
    tell('out', jid, 'refused')
    outgoing.delete(jid)
  }

  return {
    area: {
      onPresence: hear,
      onEnd() {
        incoming.clear()
        outgoing.clear()
        unexplained.clear()
      },
    },
    all() {
      const me = wire.me()
      if (!me) return []
      const of = (direction: 'in' | 'out', jid: BareJid): FriendRequest => ({
        id: `${direction}:${jid}`,
        userId: me.names.userIdOf(jid),
        direction,
        state: 'pending',
        ...(direction === 'in' ? incoming.get(jid) : outgoing.get(jid)),
      })
      const asked = roster.all().filter(({ isAsked }) => isAsked)
      return [...[...incoming.keys()].map((jid) => of('in', jid)), ...asked.map(({ jid }) => of('out', jid))]
    },
    find(requestId) {
      const id = typeof requestId === 'string' ? requestId : ''
      const [direction, jid] = id.startsWith('in:')
        ? ['in' as const, id.slice(3)]
        : ['out' as const, id.slice(4)]
      const isThere =
        direction === 'in' ? incoming.has(jid) : id.startsWith('out:') && roster.get(jid)?.isAsked
      if (!isThere) throw refusals.noSuchRequest()
      return { direction, jid }
    },
    isIncoming: (jid) => incoming.has(jid),
    async ask(jid, wording) {
      const at = wire.clock.now()
      outgoing.set(jid, { ...(wording && { wording: wording.slice(0, LONGEST_WORDING) }), at })
      unexplained.delete(jid)
      say(jid, 'subscribe', wording)
      // A no may come as fast as the server's word that the question is on its way.
      await roster.until(jid, (item) => item?.isAsked === true || isContact(item) || !outgoing.has(jid))
    },
    async accept(jid) {
      say(jid, 'subscribed')
      try {
        await roster.until(jid, hears)
      } catch (error) {
        // ejabberd does not tell when a request is taken back, and hears the answer in silence.
        if (toChatError(error).kind !== 'timeout' || !incoming.delete(jid)) throw error
        tell('in', jid, 'gone')
        throw refusals.noSuchRequest()
      }
    },
    refuse(jid, state) {
      say(jid, 'unsubscribed')
      if (!incoming.has(jid)) return
      incoming.delete(jid)
      tell('in', jid, state)
    },
    async withdraw(jid) {
      say(jid, 'unsubscribe')
      await roster.until(jid, (item) => !item?.isAsked)
      const item = roster.get(jid)
      if (item?.subscription === 'none') await roster.remove(jid)
      unexplained.delete(jid)
    },
  }
}

function hears(item: RosterItem | undefined): boolean {
  return item?.subscription === 'from' || item?.subscription === 'both'
}
