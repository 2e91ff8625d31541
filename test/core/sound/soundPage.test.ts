import { expect, it } from 'vitest'
import { soundEvent } from '../../../src/core/sound'
import { aMessage } from '../../support/builders'

it('what this machine kept says so, and that it may have changed', () => {
  const message = aMessage({ seq: 1 })
  const page = { messages: [message], changes: [], older: { end: 'start' }, newer: { more: true } }
  const request = { conversationId: message.conversationId, from: 'newest', direction: 'older', count: 20 }
  const opened = (marks: object) => {
    const opening = { page: { ...page, ...marks }, removedKeys: [], earlyChanges: [], receipts: [] }
    return soundEvent({ type: 'timeline.opened', request, opening }).event
  }
  const marks = { isKept: true, isDoubted: true }
  expect(opened(marks)).toMatchObject({ opening: { page: marks } })
  expect(opened({ isKept: 'yes', isDoubted: 1 })).toMatchObject({ opening: { page } })
  expect(JSON.stringify(opened({ isDoubted: 1 }))).not.toContain('isDoubted')
})
