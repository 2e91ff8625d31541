import type { Transport } from 'vue-parley/core'
import { createXmppTransport, registerXmppAccount } from 'vue-parley/transports/xmpp'

/** Where a server listens, and for whom. */
export interface Place {
  readonly service: string
  readonly domain: string
}
/** Who lives on a demo server; the name before the @ is the password too. */
export interface Resident {
  readonly userId: string
  readonly name: string
}

/** Makes the people of the demo on an empty server: friends who share a group and have said hello. */
export async function furnish(place: Place, [host, guest]: readonly [Resident, Resident]): Promise<void> {
  for (const { userId } of [host, guest]) await registerXmppAccount({ ...place, userId, secret: userId })
  const [hosts, guests] = [await signIn(place, host), await signIn(place, guest)]
  await befriend(hosts, guests, guest)
  const made = await hosts.groups?.create({ type: 'public', id: 'review', name: 'Design review' }, [])
  if (made) {
    await guests.groups?.join(made.group.id)
    const { id } = await hosts.conversations.open({ groupId: made.group.id })
    await say(hosts, id, 'The drafts are ready.')
  }
  const { id } = await hosts.conversations.open({ userId: guest.userId })
  await say(hosts, id, `Hello ${guest.name}!`)
  await Promise.all([hosts.disconnect(), guests.disconnect()])
}

async function signIn(place: Place, { userId, name }: Resident): Promise<Transport> {
  const transport = createXmppTransport(place)
  transport.connect({ userId, credentials: async () => ({ secret: userId }) })
  await until(async () => {
    const session = transport.session()
    return session.state === 'online' && !session.isCatchingUp
  })
  await transport.profiles?.updateOwn?.({ id: userId, name })
  return transport
}

async function befriend(hosts: Transport, guests: Transport, guest: Resident): Promise<void> {
  await hosts.contacts?.ask({ userId: guest.userId }, 'Shall we talk?')
  await until(async () => {
    const [request] = (await guests.contacts?.requests())?.items ?? []
    if (request) await guests.contacts?.answer(request.id, 'accept-and-add')
    return request !== undefined
  })
}

async function say(transport: Transport, conversationId: string, text: string): Promise<void> {
  const clientId = `furnish-${text.length}`
  const parts = [{ kind: 'text' as const, text }]
  await transport.messages.send({ conversationId, clientId, parts, delivery: 'stored' }).result
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The demo server does not come to be as it should')
}
