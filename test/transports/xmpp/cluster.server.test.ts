import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookmarkRoom, makeRoom, rawClient } from '../../support/rawClient'
import { openXmppKit, textOf } from '../../support/xmppKit'
import type { XmppKit } from '../../support/xmppKit'
import { startXmppServer } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

const COOKIE = 'together'
const EACH = 20
const MOST_TRIES = 3

describe('two nodes of ejabberd that are one server', () => {
  let first: XmppServer
  let second: XmppServer
  let alice: XmppKit
  let bob: XmppKit
  let roomId: string

  beforeAll(async () => {
    first = await startXmppServer('ejabberd', { node: 'first@localhost', cookie: COOKIE })
    second = await joinFirst()
    await first.register('alice', 'bob')
    const room = `across@${first.roomsDomain}`
    const [owner, guest] = [await rawClient(first, 'alice'), await rawClient(second, 'bob')]
    await makeRoom(owner, room)
    for (const raw of [owner, guest]) {
      await bookmarkRoom(raw, room)
      raw.close()
    }
    roomId = `room:${room}`
    alice = openXmppKit(first, 'alice')
    bob = openXmppKit(second, 'bob')
    await Promise.all([alice.kit.online(), bob.kit.online()])
  }, 300_000)
  afterAll(async () => {
    await alice?.dispose()
    await bob?.dispose()
    await second?.close()
    await first?.close()
  })

  it('know each other', async () => {
    const nodes = await first.command('list_cluster')
    expect(nodes).toContain('first@localhost')
    expect(nodes).toMatch(/second\d@localhost/)
  })

  it('pass messages between people both ways, and what was said in a room', async () => {
    const places = [
      { of: alice, direct: `user:${bob.userId}` },
      { of: bob, direct: `user:${alice.userId}` },
    ]
    for (const { of, direct } of places) {
      for (const conversationId of [direct, roomId])
        await of.kit.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
    }
    const texts = (of: XmppKit) =>
      Array.from({ length: EACH }, (_, index) => `${of.userId} ${index} 😀 & <more>`)
    await Promise.all(
      places.map(async ({ of, direct }) => {
        for (const text of texts(of)) {
          await of.write(direct, text)
          await of.write(roomId, text)
        }
      }),
    )
    for (const { of, direct } of places) {
      await expect.poll(() => of.waiting(), { timeout: 20_000 }).toEqual([])
      for (const id of [direct, roomId]) {
        await expect.poll(() => of.messages(id).length, { timeout: 20_000 }).toBe(2 * EACH)
        for (const writer of [alice, bob]) {
          const found = of.messages(id).filter(({ senderId }) => senderId === writer.userId)
          expect(found.map(textOf)).toEqual(texts(writer))
        }
      }
    }
  })

  it('have one history, whichever node is asked', async () => {
    const [atFirst, atSecond] = [openXmppKit(first, 'alice'), openXmppKit(second, 'alice')]
    await Promise.all([atFirst.kit.online(), atSecond.kit.online()])
    for (const id of [`user:${bob.userId}`, roomId]) {
      const [one, other] = [await atFirst.loadAll(id), await atSecond.loadAll(id)]
      expect(one).toHaveLength(2 * EACH)
      expect(other.map(textOf)).toEqual(one.map(textOf))
    }
    await Promise.all([atFirst.dispose(), atSecond.dispose()])
  })

  /** A node begins its database anew when it joins, and may die of it on a busy machine: then another one tries. */
  async function joinFirst(): Promise<XmppServer> {
    for (let tries = 1; ; tries++) {
      const node = `second${tries}@localhost`
      const joining = await startXmppServer('ejabberd', { node, cookie: COOKIE, epmdPort: first.epmdPort })
      try {
        await joining.command('join_cluster', 'first@localhost')
        return joining
      } catch (error) {
        await joining.close()
        if (tries === MOST_TRIES) throw error
      }
    }
  }
})
