import { expect, it } from 'vitest'
import { Outbox } from '../../../src/core/outbox'
import type { OutboxItem } from '../../../src/core/outbox'
import { ChatError, clientKey } from '../../../src/model'
import type { Message } from '../../../src/model'
import { settle } from '../../support/fakeClock'

function anItem(clientId: string): OutboxItem {
  return {
    rowKey: clientKey('alice', clientId),
    sentAt: 1_000,
    outgoing: {
      conversationId: 'c1',
      clientId,
      parts: [{ kind: 'text', text: clientId }],
      delivery: 'stored',
    },
  }
}

function setUp() {
  const carried: string[] = []
  let answer: (found: 'absent') => void = () => {}
  const outbox = new Outbox({
    carry(item) {
      carried.push(item.outgoing.clientId)
      const error = new ChatError({ code: 'x', kind: 'offline', effect: 'unknown' })
      return {
        result: carried.length === 1 ? Promise.reject(error) : new Promise<Message>(() => {}),
        cancel() {},
      }
    },
    find: () => new Promise((resolve) => (answer = resolve)),
    onState: () => {},
    onSent: () => {},
  })
  return { outbox, carried, answer: () => answer('absent') }
}

it('does not send a message that was given up while the backend was asked about it', async () => {
  const { outbox, carried, answer } = setUp()
  outbox.add(anItem('1'))
  await settle()
  expect(outbox.drop(anItem('1').rowKey)).toBe(true)
  answer()
  await settle()
  outbox.resume()
  await settle()
  expect(carried).toEqual(['1'])
})

it('goes on when a message is given up about which the backend never answers', async () => {
  const { outbox, carried } = setUp()
  outbox.add(anItem('1'))
  outbox.add(anItem('2'))
  await settle()
  outbox.drop(anItem('1').rowKey)
  await settle()
  outbox.resume()
  await settle()
  expect(carried).toEqual(['1', '2'])
})
