import type { Ability, Transport } from 'vue-parley/core'
import type { SuiteRunner, TransportHarness } from 'vue-parley/testing'
import { createXmppTransport } from '../../src/transports/xmpp'
import { knownShortcomings } from './report'
import { openTunnel } from '../support/tunnel'
import { startXmppServer } from '../support/xmppServers'
import type { XmppServerName } from '../support/xmppServers'

const NAMES = ['alice', 'bob', 'carol'] as const

const REQUIRED_OF_BOTH: readonly Ability[] = [
  ...(['send', 'history', 'find', 'recall', 'edit', 'setReactions', 'setTyping'] as const).map(
    (method) => `messages.${method}` as const,
  ),
  ...(['list', 'open', 'markRead'] as const).map((method) => `conversations.${method}` as const),
  ...(['fetch', 'updateOwn'] as const).map((method) => `profiles.${method}` as const),
  ...(
    [
      'list',
      'fetch',
      'members',
      'create',
      'join',
      'quit',
      'invite',
      'dissolve',
      'transfer',
      'update',
    ] as const
  ).map((method) => `groups.${method}` as const),
  ...(['setRole', 'setMuted', 'kick', 'setBanned', 'applications', 'answer'] as const).map(
    (method) => `groups.${method}` as const,
  ),
  ...(['list', 'requests', 'ask', 'answer', 'remove', 'blocked', 'setBlocked'] as const).map(
    (method) => `contacts.${method}` as const,
  ),
  'presence.watch',
  'presence.setOwn',
  'files.upload',
]

/** What each server has to offer, whatever the adapter says of it. */
export const mustOffer: Readonly<Record<XmppServerName, readonly Ability[]>> = {
  prosody: REQUIRED_OF_BOTH,
  ejabberd: REQUIRED_OF_BOTH,
}

/** A runner that expects the known shortcomings of a backend to be there still: one that is gone fails as well. */
export function knowing(backend: string, it: SuiteRunner['it']): SuiteRunner['it'] {
  const reasonByCheck = knownShortcomings[backend] ?? {}
  return (name, check) => {
    const reason = reasonByCheck[name]
    if (reason === undefined) return it(name, check)
    return it(`${name}: it does not, for ${reason}`, async () => {
      const isPassed = await check().then(
        () => true,
        () => false,
      )
      if (isPassed) throw new Error(`"${name}" passes: take it off the known shortcomings of ${backend}`)
    })
  }
}

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
    // A busy machine may stand still for seconds; what comes in time costs nothing.
    patienceMs: 20_000,
    mustOffer: mustOffer[name],
    async close() {
      for (const line of lines.values()) await line.close()
      await server.close()
    },
  }
}
