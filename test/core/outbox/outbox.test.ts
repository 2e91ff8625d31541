import { describe, expect, it } from 'vitest'
import { cancelledError, Outbox } from '../../../src/core/outbox'
import type { OutboxItem } from '../../../src/core/outbox'
import { ChatError, clientKey } from '../../../src/model'
import type { ChatErrorInit, Message } from '../../../src/model'
import { aMessage } from '../../support/builders'
import { settle } from '../../support/fakeClock'

function anItem(clientId: string, conversationId = 'c1'): OutboxItem {
  return {
    rowKey: clientKey('alice', clientId),
    sentAt: 1_000,
    outgoing: { conversationId, clientId, parts: [{ kind: 'text', text: clientId }], delivery: 'stored' },
  }
}

function setUp(found: Message | 'absent' | 'unknown' = 'unknown') {
  const log: string[] = []
  const carried: { item: OutboxItem; resolve: () => void; reject: (error: unknown) => void }[] = []
  const outbox = new Outbox({
    carry(item) {
      const call = { item, resolve: () => {}, reject: (_error: unknown) => {} }
      const result = new Promise<Message>((resolve, reject) => {
        call.resolve = () =>
          resolve(aMessage({ clientId: item.outgoing.clientId, senderId: 'alice', seq: 1 }))
        call.reject = reject
      })
      carried.push(call)
      return { result, cancel: () => call.reject(cancelledError()) }
    },
    find: async () => found,
    onState: (item, outboxState) => log.push(`${item.outgoing.clientId} ${outboxState.state}`),
    onSent: (item) => log.push(`${item.outgoing.clientId} sent`),
  })
  const fail = (index: number, init: Partial<ChatErrorInit>) =>
    carried[index]?.reject(new ChatError({ code: 'x', kind: 'other', ...init }))
  return { outbox, log, carried, fail }
}

describe('Outbox', () => {
  it('sends one at a time in a conversation, in the order typed, and others beside it', async () => {
    const { outbox, log, carried } = setUp()
    outbox.add(anItem('1'))
    outbox.add(anItem('2'))
    outbox.add(anItem('x', 'c2'))
    expect(carried.map(({ item }) => item.outgoing.clientId)).toEqual(['1', 'x'])
    carried[0]?.resolve()
    await settle()
    expect(carried.map(({ item }) => item.outgoing.clientId)).toEqual(['1', 'x', '2'])
    expect(log).toContain('1 sent')
  })

  it('keeps a failed message until a person sends it again', async () => {
    const { outbox, log, carried, fail } = setUp()
    outbox.add(anItem('1'))
    fail(0, { kind: 'forbidden' })
    await settle()
    expect(log.at(-1)).toBe('1 failed')
    expect(outbox.resend(anItem('1').rowKey)).toBe(true)
    carried[1]?.resolve()
    await settle()
    expect(log.at(-1)).toBe('1 sent')
    expect(outbox.resend(anItem('1').rowKey)).toBe(false)
  })

  it('asks before it believes an ambiguous failure', async () => {
    const arrived = setUp(aMessage({ seq: 1, clientId: '1', senderId: 'alice' }))
    arrived.outbox.add(anItem('1'))
    arrived.fail(0, { effect: 'unknown' })
    await settle()
    expect(arrived.log.at(-1)).toBe('1 sent')

    const absent = setUp('absent')
    absent.outbox.add(anItem('1'))
    absent.fail(0, { effect: 'unknown' })
    await settle()
    expect(absent.log.at(-1)).toBe('1 failed')

    const unknown = setUp('unknown')
    unknown.outbox.add(anItem('1'))
    unknown.fail(0, { effect: 'unknown' })
    await settle()
    expect(unknown.log.at(-1)).toBe('1 unsure')
    expect(unknown.carried).toHaveLength(1)
  })

  it('waits without a connection and goes on in order', async () => {
    const { outbox, log, carried, fail } = setUp()
    outbox.add(anItem('1'))
    outbox.add(anItem('2'))
    fail(0, { kind: 'offline' })
    await settle()
    expect(log.at(-1)).toBe('1 queued')
    expect(carried).toHaveLength(1)
    outbox.resume()
    expect(carried[1]?.item.outgoing.clientId).toBe('1')
    carried[1]?.resolve()
    await settle()
    expect(carried[2]?.item.outgoing.clientId).toBe('2')
  })

  it('does not fall asleep when the connection is back before the failure is settled', async () => {
    const { outbox, carried, fail } = setUp('absent')
    outbox.add(anItem('1'))
    fail(0, { kind: 'offline', effect: 'unknown' })
    outbox.resume()
    await settle()
    expect(carried).toHaveLength(2)
  })

  it('goes on when a message that never gets an answer is given up', async () => {
    const { outbox, carried } = setUp()
    outbox.add(anItem('1'))
    outbox.add(anItem('2'))
    outbox.drop(anItem('1').rowKey)
    await settle()
    expect(carried.map(({ item }) => item.outgoing.clientId)).toEqual(['1', '2'])
  })

  it('does not send again what the backend turns out to have', async () => {
    const { outbox, carried, fail } = setUp('unknown')
    outbox.add(anItem('1'))
    fail(0, { effect: 'unknown' })
    await settle()
    outbox.confirm(anItem('1').rowKey)
    expect(outbox.resend(anItem('1').rowKey)).toBe(false)
    expect(carried).toHaveLength(1)
  })

  it('drops what has not left, and calls back what is on its way', async () => {
    const { outbox, log, carried } = setUp()
    outbox.add(anItem('1'))
    outbox.add(anItem('2'))
    expect(outbox.drop(anItem('2').rowKey)).toBe(true)
    expect(outbox.drop(anItem('1').rowKey)).toBe(true)
    expect(outbox.drop(anItem('3').rowKey)).toBe(false)
    await settle()
    expect(log.at(-1)).toBe('1 cancelled')
    expect(carried).toHaveLength(1)
  })
})
