import type { Transport } from '../../src/core/ports'
import type { Credentials, SessionState, TransportEvent } from '../../src/model'
import { createXmppTransport } from '../../src/transports/xmpp'
import type { XmppTransportOptions } from '../../src/transports/xmpp'
import { createLookout } from './lookout'
import type { XmppServer } from './xmppServers'

type EventOf<T extends TransportEvent['type']> = Extract<TransportEvent, { type: T }>

/** Somebody on a real server: the transport under test and all it has told so far. */
export interface XmppUser {
  readonly id: string
  readonly transport: Transport
  readonly events: TransportEvent[]
  told<T extends TransportEvent['type']>(type: T): readonly EventOf<T>[]
  /** Waits until what has been told satisfies; each new event is another chance. */
  until<R>(what: () => R | undefined | false, withinMs?: number): Promise<R>
  untilState(state: SessionState['state'], withinMs?: number): Promise<SessionState>
}

/** Where to sign in, and how the transport is made. */
type Place = Pick<XmppServer, 'service' | 'domain'> & Pick<XmppTransportOptions, 'stanzaBytes'>

/** A transport that is not connected yet. */
export function xmppUser({ service, domain, stanzaBytes }: Place, name: string): XmppUser {
  const transport = createXmppTransport({ service, domain, ...(stanzaBytes && { stanzaBytes }) })
  const events: TransportEvent[] = []
  const lookout = createLookout(() => `${name} waits in vain; told: ${JSON.stringify(events.slice(-20))}`)
  transport.subscribe((batch) => {
    events.push(...batch)
    lookout.look()
  })
  const user: XmppUser = {
    id: `${name}@${domain}`,
    transport,
    events,
    told: <T extends TransportEvent['type']>(type: T) =>
      events.filter((event): event is EventOf<T> => event.type === type),
    until: (what, withinMs = 20_000) => lookout.until(what, withinMs),
    untilState: (state, withinMs) =>
      user.until(() => {
        const session = transport.session()
        const isReady = session.state === state && (session.state !== 'online' || !session.isCatchingUp)
        return isReady && session
      }, withinMs),
  }
  return user
}

/** Signs in with the password the test servers give, which is the name, and waits until nothing is outstanding. */
export async function signIn(
  server: Place,
  name: string,
  more: { readonly checkpoint?: string; readonly credentials?: () => Promise<Credentials> } = {},
): Promise<XmppUser> {
  const user = xmppUser(server, name)
  user.transport.connect({ userId: user.id, credentials: async () => ({ secret: name }), ...more })
  await user.untilState('online')
  return user
}
