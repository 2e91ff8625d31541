import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboxItem } from '../../../src/model'
import { createRandom } from '../../../src/core/random'
import { bookmarkRoom, makeRoom, rawClient } from '../../support/rawClient'
import { openTunnel } from '../../support/tunnel'
import type { Tunnel } from '../../support/tunnel'
import { openXmppKit, textOf } from '../../support/xmppKit'
import type { XmppKit } from '../../support/xmppKit'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

const SEED = 20_260
const EACH = 125
const KILLS = 4
const CUTS = 8
const LONGEST_PAUSE_MS = 800
const LONGEST_WRITING_MS = 60
/** However slow a machine is, something has left by then. */
const STUCK_AFTER_MS = 60_000

describe.each(xmppServerNames)('500 messages in flight both ways on %s', (name) => {
  let server: XmppServer
  const closing: (() => Promise<unknown>)[] = []

  // A second try must not read what the first has written.
  beforeEach(async () => {
    server = await startXmppServer(name)
    await server.register('alice', 'bob')
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
    await server.close()
  })

  it('survive cuts of the sockets and sudden deaths of the server: none lost, none twice, each in order', async () => {
    const random = createRandom(SEED)
    const below = (most: number) => Math.floor(random.next() * most)
    const room = await commonRoom()
    const tunnels = [await openTunnel(server.service), await openTunnel(server.service)] as const
    const [alice, bob] = [open('alice', tunnels[0]), open('bob', tunnels[1])]
    await Promise.all([alice.kit.online(), bob.kit.online()])
    const places = [
      { of: alice, direct: `user:${bob.userId}` },
      { of: bob, direct: `user:${alice.userId}` },
    ]
    for (const { of, direct } of places) {
      for (const conversationId of [direct, room])
        await of.kit.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
    }

    const trouble = shuffled([...Array(KILLS).fill('kill'), ...Array(CUTS).fill('cut')], below)
    await Promise.all([
      ...places.map(({ of, direct }) => writeAll(of, direct, below)),
      (async () => {
        for (const what of trouble) {
          await pause(below(LONGEST_PAUSE_MS))
          if (what === 'kill') await server.killAndRestart(below(300))
          else tunnels[below(2)]?.cut()
          await pause(below(200))
          for (const { of } of places) of.wake()
        }
      })(),
    ])
    for (const { of } of places) {
      await untilSent(of)
    }

    const wanted = new Map(places.map(({ of }) => [of.userId, numbered(of)]))
    for (const { of, direct } of places) {
      const fresh = open(of.userId.split('@')[0] ?? '', { service: server.service })
      await fresh.kit.online()
      for (const id of [direct, room]) {
        const kept = (await fresh.loadAll(id)).map(textOf)
        const shown = (await of.loadAll(id)).map(textOf)
        expect(shown).toHaveLength(kept.length)
        const place = id === room ? 'room' : 'direct'
        for (const [userId, all] of wanted) {
          const found = kept.filter((text) => text.startsWith(`${userId} ${place} `))
          // Nothing is lost, doubled or turned round on the way: whoever was there shows what the archive holds.
          expect(shown.filter((text) => text.startsWith(`${userId} ${place} `))).toEqual(found)
          expect(found).toEqual(all[place])
        }
      }
    }
  }, 420_000)

  function open(who: string, { service }: Pick<Tunnel, 'service'>): XmppKit {
    const person = openXmppKit({ service, domain: server.domain }, who, { historyPageSize: 50 })
    closing.push(() => person.dispose())
    return person
  }

  async function commonRoom(): Promise<string> {
    const room = `storm@${server.roomsDomain}`
    const [owner, guest] = [await rawClient(server, 'alice'), await rawClient(server, 'bob')]
    await makeRoom(owner, room)
    for (const raw of [owner, guest]) {
      await bookmarkRoom(raw, room)
      raw.close()
    }
    return `room:${room}`
  }

  async function writeAll(of: XmppKit, direct: string, below: (most: number) => number): Promise<void> {
    const all = numbered(of)
    for (let index = 0; index < EACH; index++) {
      await of.write(direct, all.direct[index] ?? '')
      await pause(below(LONGEST_WRITING_MS))
      await of.write(`room:storm@${server.roomsDomain}`, all.room[index] ?? '')
      await pause(below(LONGEST_WRITING_MS))
    }
  }
})

function numbered({ userId }: XmppKit) {
  const all = (place: string) => Array.from({ length: EACH }, (_, index) => `${userId} ${place} ${index}`)
  return { direct: all('direct'), room: all('room') }
}

/** Resolves when nothing waits any more; rejects with what does where for a while nothing has left. */
async function untilSent(of: XmppKit): Promise<void> {
  for (let waiting = of.waiting(); waiting.length > 0; waiting = of.waiting()) {
    const stuck = () => (of.waiting().length < waiting.length ? [] : [...new Set(of.waiting().map(stateOf))])
    await expect.poll(stuck, { timeout: STUCK_AFTER_MS }).toEqual([])
  }
}

/** What is said of an item where it does not leave. */
function stateOf({ state, error, command }: OutboxItem): string {
  const where = command.type === 'sendMessage' ? command.outgoing.conversationId : command.type
  return `${state} ${where} ${error?.kind} ${error?.code}`
}

function shuffled<T>(items: readonly T[], below: (most: number) => number): readonly T[] {
  return items
    .map((item) => ({ item, at: below(1_000_000) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
