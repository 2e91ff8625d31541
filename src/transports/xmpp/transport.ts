import type { Ability, Facets, Transport } from '../../core/ports'
import { isChatError, toChatError } from '../../model'
import type { AbilityScope, Limits, Verdict } from '../../model'
import { createArchive } from './archive/archive'
import { createConversations } from './conversations/conversations'
import { createUnread } from './conversations/unread'
import { createDelivery } from './messages/delivery'
import { createIntake } from './messages/intake'
import { createMessages } from './messages/messages'
import type { XmppAccountOptions, XmppTransportOptions } from './options'
import { createFiles } from './files/files'
import { createGroups } from './groups/groups'
import { createPeople } from './people/people'
import { createOwnPresence } from './presence'
import { refusals } from './refusals'
import { createRooms } from './rooms/rooms'
import { createServerClock } from './serverClock'
import { systemClock, systemIds } from '../systemSources'
import { createDisco } from './wire/disco'
import { createEmitter } from './wire/emitter'
import { createLink } from './wire/link'
import { parseJid } from './wire/jid'
import { NS } from './wire/namespaces'
import { createNames } from './wire/names'
import { register } from './wire/register'
import { createRequests } from './wire/requests'
import { createRouter } from './wire/router'
import type { Area, SignInStart, Wire } from './wire/wire'
import { xml } from './wire/xml'

/** What Prosody and ejabberd take at once unless they are told otherwise. */
const STANZA_BYTES = 262_144

/** A transport to an XMPP server, over WebSocket. */
export function createXmppTransport(options: XmppTransportOptions): Transport {
  const { service, stanzaBytes = STANZA_BYTES, clock = systemClock, ids = systemIds } = options
  if (!/^wss?:/.test(service)) throw refusals.invalid(`'${service}' is no address of a WebSocket: wss://…`)
  const domain = parseJid(options.domain)?.domain
  if (domain === undefined) throw refusals.invalid(`'${options.domain}' is no domain`)
  if (!(stanzaBytes > 0)) throw refusals.invalid(`${stanzaBytes} is no number of bytes`)
  const emitter = createEmitter(clock)
  const areas: Area[] = []
  const reject = (reason: string) => emitter.emit({ type: 'wire.rejected', reason })
  const requests = createRequests({
    clock,
    ids,
    send: (stanza) => link.send(stanza),
    ownJid: () => link.me()?.full ?? '',
  })
  const disco = createDisco(requests.ask)
  const route = createRouter({ areas, answer: requests.answer, send: (stanza) => link.send(stanza), reject })

  const link = createLink({
    clock,
    ids,
    service,
    domain,
    emitter,
    random: Math.random,
    onStanza: route,
    ping() {
      // Any answer will do, an error too.
      const payload = xml('ping', { xmlns: NS.ping })
      requests.ask({ type: 'get', to: domain, payload }).catch(() => undefined)
    },
    signIn,
    async catchUp(start) {
      const outcomes = await Promise.all(areas.map(async (area) => (await area.catchUp?.(start)) ?? true))
      return start.isFirst && start.checkpoint === undefined ? false : outcomes.every(Boolean)
    },
    onResume: () => areas.forEach((area) => area.onResume?.()),
    onStreamLost() {
      requests.abandon(refusals.offline)
      areas.forEach((area) => area.onStreamLost?.())
    },
    onEnd: () => areas.forEach((area) => area.onEnd?.()),
  })

  async function signIn(start: SignInStart): Promise<void> {
    await disco.refresh(start.me)
    for (const area of areas) {
      try {
        await area.onSignIn?.(start)
      } catch (error) {
        // One service that fails must not keep the person from the others.
        reject(`sign-in: ${String(toChatError(error).code)}`)
      }
    }
    emitter.emit({ type: 'abilities.changed' }, { type: 'limits.changed' })
  }

  const wire: Wire = {
    clock,
    ids,
    disco,
    whenOnline: link.whenOnline,
    me: link.me,
    request: requests.ask,
    send: link.send,
    emit: emitter.emit,
    reject,
  }
  const archive = createArchive(wire)
  const rooms = createRooms(wire)
  const delivery = createDelivery(wire)
  const unread = createUnread()
  const intake = createIntake({ wire, archive, rooms, delivery, unread })
  const messages = createMessages({ wire, archive, rooms, delivery, intake, stanzaBytes })
  const conversations = createConversations({ wire, archive, rooms, intake, unread })
  const groups = createGroups({ wire, rooms, intake, conversations })
  const people = createPeople(wire, rooms.isRoom)
  // The order is that of the sign-in, and of who sees a stanza first.
  areas.push(createServerClock(wire), archive.area, ...conversations.areas, ...people.areas)
  areas.push(createOwnPresence(wire, people.own.stanza))
  areas.push(rooms.area, groups.before, messages.area, intake.area, groups.after)
  areas.push(people.presence, createFiles(wire, service.startsWith('wss:')), unread.area)
  const facets: Facets = {
    ...Object.assign({}, ...areas.map((area) => area.facets ?? {})),
    messages: messages.facet,
    conversations: conversations.facet,
  }

  function verdictOf(ability: Ability, scope: AbilityScope): Verdict {
    const [facet = '', method = ''] = ability.split('.')
    const methods = Object.hasOwn(facets, facet) ? facets[facet as keyof Facets] : undefined
    const found = methods && Object.hasOwn(methods, method) && (methods as object)[method as never]
    if (typeof found !== 'function') return refusals.unsupported()
    const verdicts = areas.map((area) => area.verdict?.(ability, scope))
    return verdicts.find(isChatError) ?? (verdicts.includes('try') ? 'try' : 'yes')
  }

  return {
    ...facets,
    id: 'xmpp',
    scope: domain,
    domains: [{ host: hostOf(service), use: 'socket' }],
    connect: link.connect,
    disconnect: link.disconnect,
    session: link.state,
    subscribe: emitter.subscribe,
    hint: link.hint,
    can(ability, scope = {}) {
      if (link.state().state !== 'online') return refusals.notSignedIn()
      try {
        return verdictOf(ability, scope)
      } catch (error) {
        return toChatError(error)
      }
    },
    limits: (scope): Limits =>
      Object.assign({}, ...areas.map((area) => area.limits?.(scope) ?? {})) as Limits,
  }
}

/** Makes an account where the server lets anybody have one; rejects with its reason where not. */
export async function registerXmppAccount(options: XmppAccountOptions): Promise<void> {
  const { service, domain, userId, secret, clock = systemClock } = options
  const jid = parseJid(createNames(domain, true).jidOfUser(userId))
  if (!jid || jid.domain !== domain) throw refusals.badUserId()
  try {
    await register({ clock, service, domain, name: jid.local, secret })
  } catch (error) {
    throw toChatError(error)
  }
}

function hostOf(service: string): string {
  return /^[a-z]+:\/\/([^/?#]+)/i.exec(service)?.[1] ?? service
}
