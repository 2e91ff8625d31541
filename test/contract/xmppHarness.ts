import type { Transport } from 'vue-parley/core'
import type { TransportHarness } from 'vue-parley/testing'
import { createXmppTransport } from '../../src/transports/xmpp'
import { openTunnel } from '../support/tunnel'
import { startXmppServer } from '../support/xmppServers'
import type { XmppServerName } from '../support/xmppServers'

const NAMES = ['alice', 'bob', 'carol'] as const

/** What a harness for a real server leaves to the test: where the checks go. */
export type XmppHarness = Omit<TransportHarness, 'describe' | 'it'> & {
  /** Ends the server and forgets its data. */
  close(): Promise<void>
}

/** A real server with three people, each behind a line of their own that can be cut. */
export async function xmppHarness(name: XmppServerName): Promise<XmppHarness> {
  const server = await startXmppServer(name)
  await server.register(...NAMES)
  const { domain } = server
  const lines = new Map<string, Awaited<ReturnType<typeof openTunnel>>>()
  for (const user of NAMES) lines.set(`${user}@${domain}`, await openTunnel(server.service))
  const cuts = new WeakMap<Transport, () => void>()
  return {
    users: [...lines.keys()],
    createTransport(userId) {
      const line = lines.get(userId)
      if (!line) throw new Error(`nobody is called ${userId}`)
      const transport = createXmppTransport({ service: line.service, domain })
      cuts.set(transport, line.cut)
      return { transport, credentials: async () => ({ secret: userId.split('@')[0] ?? '' }) }
    },
    cutConnection: (transport) => cuts.get(transport)?.(),
    patienceMs: 8_000,
    async close() {
      for (const line of lines.values()) await line.close()
      await server.close()
    },
  }
}
