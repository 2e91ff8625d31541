import { afterEach, describe, expect, it } from 'vitest'
import type { Conversation } from '../../../src/model'
import { closeServices, twoPeople } from './twoPeople'
import { visit } from './visit'
import type { Visit } from './visit'

afterEach(closeServices)

/** Alice, and so many people with whom she has a conversation. */
async function aliceWith(count: number) {
  const service = await twoPeople({ storage: 'memory' })
  const ids: string[] = []
  const alice = await visit(service, 'alice')
  for (let at = 0; at < count; at++) {
    await service.addUser({ id: `peer${at}` })
    ids.push((await alice.openWith(`peer${at}`)).id)
  }
  return { service, alice, ids }
}

function rowOf(visit: Visit, id: string): Conversation | undefined {
  return visit
    .told('conversation.changed')
    .flatMap(({ conversations }) => conversations)
    .findLast((row) => row.id === id) as Conversation | undefined
}

describe('pins', () => {
  it('are fifty at most, and one more is refused in the catalogue’s words', async () => {
    const { alice, ids } = await aliceWith(51)
    const { conversations } = alice.transport
    for (const id of ids.slice(0, 50)) await conversations.setPinned?.(id, true)
    const last = ids[50] ?? ''
    await expect(conversations.setPinned?.(last, true)).rejects.toMatchObject({
      domain: 'tencent',
      code: 51012,
      kind: 'full',
    })
    // One that is pinned may be pinned again, and one that goes makes room.
    await conversations.setPinned?.(ids[0] ?? '', true)
    await conversations.setPinned?.(ids[1] ?? '', false)
    await conversations.setPinned?.(last, true)
    expect(alice.transport.limits().pinnedConversationCount).toBe(50)
  })

  it('do not go on in secret on a row that was taken off the list', async () => {
    const { alice, ids } = await aliceWith(1)
    const [id = ''] = ids
    await alice.transport.conversations.setPinned?.(id, true)
    await alice.transport.conversations.remove?.([id], false)
    expect((await alice.transport.conversations.open({ id })).isPinned).toBe(false)
  })
})

describe('groups of conversations', () => {
  it('are filled, renamed and emptied, and the other device hears of it', async () => {
    const { service, alice, ids } = await aliceWith(3)
    const tablet = await visit(service, 'alice')
    const { conversations } = alice.transport
    const [one = '', two = '', three = ''] = ids
    await conversations.setFolder?.('Work', [one, two])
    await conversations.setFolder?.('Work', [one, two, three])
    await tablet.until(() => expect(rowOf(tablet, three)?.folders).toEqual(['Work']))
    await conversations.setFolder?.('工作', [], 'Work')
    expect(await conversations.folders?.()).toEqual(['工作'])
    await tablet.until(() => expect(rowOf(tablet, one)?.folders).toEqual(['工作']))
    await conversations.setFolder?.('工作', [])
    expect(await conversations.folders?.()).toEqual([])
    await tablet.until(() => expect(rowOf(tablet, one)?.folders).toEqual([]))
  })

  it('keep to their limits, each with its code', async () => {
    const { alice, ids } = await aliceWith(1)
    const { conversations } = alice.transport
    for (let at = 0; at < 20; at++) await conversations.setFolder?.(`folder ${at}`, ids)
    await expect(conversations.setFolder?.('one more', ids)).rejects.toMatchObject({ code: 51010 })
    await expect(conversations.setFolder?.('分'.repeat(11), ids)).rejects.toMatchObject({ code: 51011 })
    await expect(conversations.setFolder?.('new', [], 'none')).rejects.toMatchObject({ code: 51009 })
  })
})

describe('marks', () => {
  it('are put on and taken off, a hundred conversations at once at the most', async () => {
    const { alice, ids } = await aliceWith(2)
    const { conversations } = alice.transport
    expect(await conversations.setMark?.(ids, 'star', true)).toMatchObject({ done: ids, failed: [] })
    await alice.until(() => expect(rowOf(alice, ids[1] ?? '')?.marks).toEqual(['star']))
    await conversations.setMark?.(ids, 'star', false)
    await alice.until(() => expect(rowOf(alice, ids[0] ?? '')?.marks).toEqual([]))
    const many = Array.from({ length: 101 }, (_, at) => `c${at}`)
    await expect(conversations.setMark?.(many, 'star', true)).rejects.toMatchObject({ code: 51006 })
  })
})
