import type { PresenceFacet } from '../../../core/ports'
import { toChatError } from '../../../model'
import type { EpochMs, Presence, UserId } from '../../../model'
import { refusals } from '../refusals'
import { parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { asUser } from '../wire/wire'
import type { Area, Wire } from '../wire/wire'
import { attrOf, elementOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { inParallel } from './batch'
import type { OwnPresence } from './ownPresence'
import { isContact } from './roster'
import type { Roster } from './roster'

interface Device {
  readonly priority: number
  readonly status: string
}
/** What presence works with. */
export interface PresenceSetup {
  readonly wire: Wire
  readonly roster: Roster
  readonly own: OwnPresence
  isRoom(jid: BareJid): boolean
  /** Hears each presence of a contact or of oneself. */
  onHeard(jid: BareJid, presence: Xml): void
}

const MOST_DEVICES = 50
const LONGEST_STATUS = 1_000

/** Who is there, as far as the roster lets us know; of strangers nothing is known. */
export function createPresence({ wire, roster, own, isRoom, onHeard }: PresenceSetup): Area {
  const devicesByJid = new Map<BareJid, Map<string, Device>>()
  const lastSeenByJid = new Map<BareJid, EpochMs>()
  const goodbyeByJid = new Map<BareJid, string>()
  const watchersById = new Map<UserId, number>()

  function presenceOf(userId: UserId): Presence {
    const me = wire.me()
    const jid = me?.names.jidOfUser(userId)
    if (!me || jid === undefined) return { userId, state: 'unknown' }
    const devices = [...(devicesByJid.get(jid)?.values() ?? [])].sort((a, b) => b.priority - a.priority)
    const status = devices[0]?.status ?? goodbyeByJid.get(jid) ?? ''
    const told = status !== '' && { status }
    if (devices.length > 0) return { userId, state: 'online', ...told }
    if (!isContact(roster.get(jid)) && jid !== me.bare) return { userId, state: 'unknown' }
    const lastSeenAt = lastSeenByJid.get(jid)
    return { userId, state: 'offline', ...told, ...(lastSeenAt !== undefined && { lastSeenAt }) }
  }

  function tell(userIds: readonly UserId[]): void {
    const watched = userIds.filter((id) => watchersById.has(id))
    if (watched.length > 0) wire.emit({ type: 'presence.changed', presences: watched.map(presenceOf) })
  }

  function tellOf(jid: BareJid): void {
    tell([...watchersById.keys()].filter((id) => wire.me()?.names.jidOfUser(id) === jid))
  }

  roster.watch((jid, before, after) => {
    if (isContact(before) === isContact(after)) return
    if (!isContact(after)) forget(jid)
    tellOf(jid)
  })

  function forget(jid: BareJid): void {
    devicesByJid.delete(jid)
    lastSeenByJid.delete(jid)
    goodbyeByJid.delete(jid)
  }

  function hear(presence: Xml): boolean {
    const me = wire.me()
    const from = parseJid(attrOf(presence, 'from'))
    const type = attrOf(presence, 'type')
    if (!me || !from || (type !== undefined && type !== 'unavailable')) return type === 'error'
    const { bare: jid, resource = '' } = from
    const item = roster.get(jid)
    // Whom we have asked may say that he is there before the server says that he has agreed.
    if (jid !== me.bare && !isContact(item) && !item?.isAsked) {
      // Anybody may say to us that he is there; a room that was left may still be saying who is.
      if (type === undefined && !isRoom(jid)) wire.reject('the presence of a stranger')
      return true
    }
    if (type === 'unavailable') takeGoodbye(jid, resource, presence)
    else takeDevice(jid, resource, presence)
    onHeard(jid, presence)
    tellOf(jid)
    return true
  }

  function takeDevice(jid: BareJid, resource: string, presence: Xml): void {
    const devices = devicesByJid.get(jid) ?? new Map<string, Device>()
    if (devices.size >= MOST_DEVICES && !devices.has(resource)) return
    const priority = Number.parseInt(textOf(elementOf(presence, 'priority')), 10) || 0
    devices.set(resource, { priority, status: statusOf(presence) })
    devicesByJid.set(jid, devices)
    goodbyeByJid.delete(jid)
  }

  function takeGoodbye(jid: BareJid, resource: string, presence: Xml): void {
    const devices = devicesByJid.get(jid)
    const wasThere = devices?.delete(resource) === true
    if (devices && devices.size > 0) return
    devicesByJid.delete(jid)
    if (!wasThere) return
    lastSeenByJid.set(jid, wire.clock.now())
    const status = statusOf(presence)
    if (status !== '') goodbyeByJid.set(jid, status)
  }

  /** Asks when those who are not there were last seen (XEP-0012). */
  async function askLastSeen(userIds: readonly UserId[]): Promise<void> {
    await inParallel(userIds, async (userId) => {
      const jid = wire.me()?.names.jidOfUser(userId)
      if (jid === undefined || !isContact(roster.get(jid))) return
      if (devicesByJid.has(jid) || lastSeenByJid.has(jid)) return
      const payload = xml('query', { xmlns: NS.lastActivity })
      const answer = await wire.request({ type: 'get', to: jid, payload }).catch(toChatError)
      if (!('children' in answer) || devicesByJid.has(jid)) return
      const query = elementOf(answer, 'query', NS.lastActivity)
      const seconds = Number(attrOf(query, 'seconds') ?? Number.NaN)
      if (!Number.isSafeInteger(seconds) || seconds < 0) return
      const status = textOf(query).slice(0, LONGEST_STATUS)
      if (status !== '') goodbyeByJid.set(jid, status)
      lastSeenByJid.set(jid, wire.clock.now() - seconds * 1000)
      tell([userId])
    })
  }

  function watch(userIds: readonly UserId[]) {
    const ids = (Array.isArray(userIds) ? userIds : []).filter((id): id is UserId => typeof id === 'string')
    const fresh = new Set(ids)
    fresh.forEach((id) => watchersById.set(id, (watchersById.get(id) ?? 0) + 1))
    tell([...fresh])
    void askLastSeen([...fresh])
    return () => {
      for (const id of fresh) {
        const others = (watchersById.get(id) ?? 1) - 1
        if (others > 0) watchersById.set(id, others)
        else watchersById.delete(id)
      }
      fresh.clear()
    }
  }

  const facet: PresenceFacet = {
    watch,
    setOwn: (status) =>
      asUser(wire, async () => {
        if (typeof status !== 'string') throw refusals.invalid('a status is a text')
        own.status = status
        wire.send(own.stanza())
      }),
  }

  return {
    facets: { presence: facet },
    onPresence: hear,
    async catchUp() {
      tell([...watchersById.keys()])
      void askLastSeen([...watchersById.keys()])
      return true
    },
    onStreamLost() {
      devicesByJid.clear()
      lastSeenByJid.clear()
      goodbyeByJid.clear()
    },
    onEnd() {
      own.status = ''
      tell([...watchersById.keys()])
    },
  }
}

function statusOf(presence: Xml): string {
  return textOf(elementOf(presence, 'status')).slice(0, LONGEST_STATUS)
}
