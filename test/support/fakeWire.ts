import type { TransportEvent } from '../../src/model'
import { createNames } from '../../src/transports/xmpp/wire/names'
import type { Request } from '../../src/transports/xmpp/wire/requests'
import type { Me, Wire } from '../../src/transports/xmpp/wire/wire'
import type { Xml } from '../../src/transports/xmpp/wire/xml'
import { createFakeClock } from './fakeClock'

/** A stream that leads nowhere: what is asked is answered by the test. */
export interface FakeWire extends Wire {
  readonly sent: readonly Xml[]
  readonly rejected: readonly string[]
  readonly events: readonly TransportEvent[]
}

/** Alice is signed in; `answer` speaks for whoever is asked. */
export function fakeWire(answer: (request: Request) => Xml): FakeWire {
  const [sent, rejected, events]: [Xml[], string[], TransportEvent[]] = [[], [], []]
  const me: Me = {
    userId: 'alice@parley.test',
    bare: 'alice@parley.test',
    domain: 'parley.test',
    full: 'alice@parley.test/here',
    sessionId: 'session',
    names: createNames('parley.test', true),
  }
  let count = 0
  const nobody = { features: new Set<string>(), identities: [], formsByType: {} }
  return {
    sent,
    rejected,
    events,
    clock: createFakeClock(),
    ids: { next: () => `id${++count}` },
    disco: {
      serviceWith: () => ({ ...nobody, jid: 'upload.parley.test' }),
      services: () => [],
      account: () => nobody,
    } as unknown as Wire['disco'],
    whenOnline: async () => me,
    me: () => me,
    request: async (request) => answer(request),
    send: (stanza) => void sent.push(stanza),
    emit: (...more) => void events.push(...more),
    reject: (reason) => void rejected.push(reason),
  }
}
