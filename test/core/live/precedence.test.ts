import { describe, expect, it } from 'vitest'
import { Precedence, signalPart } from '../../../src/core/live'
import type { Part, Priority } from '../../../src/model'

const GROUP = { ownerId: 'host', custom: { moderatorIds: ['mod'] } }
const TEXT: Part = { kind: 'text', text: 'hear me' }
const GIFT = signalPart({ kind: 'gift', gift: { id: 'rose', name: 'Rose' }, count: 1 }, 'rose')
const KICK = signalPart({ kind: 'kick', userId: 'carol' }, 'kick')

const message = (senderId: string, part: Part, priority?: Priority) => ({
  conversationId: 'group:show',
  senderId,
  parts: [part],
  ...(priority && { priority }),
})

describe('What goes first in a live room', () => {
  it.each([
    ['host', TEXT, 'high'],
    ['host', KICK, 'high'],
    ['mod', TEXT, 'high'],
    ['bob', TEXT, 'normal'],
    ['bob', KICK, 'normal'],
    ['bob', GIFT, 'high'],
  ] as const)('%s claims it and gets what the room gives', (senderId, part, priority) => {
    expect(new Precedence().of(message(senderId, part, 'high'), 0, GROUP)).toBe(priority)
  })

  it('is nobody but for a gift where nobody knows who runs the room', () => {
    expect(new Precedence().of(message('host', TEXT, 'high'), 0, undefined)).toBe('normal')
    expect(new Precedence().of(message('bob', GIFT, 'high'), 0, undefined)).toBe('high')
  })

  it('is never more than what is claimed', () => {
    const precedence = new Precedence()
    expect(precedence.of(message('host', TEXT), 0, GROUP)).toBe('normal')
    expect(precedence.of(message('host', TEXT, 'low'), 0, GROUP)).toBe('low')
    expect(precedence.of(message('bob', GIFT, 'lowest'), 0, GROUP)).toBe('lowest')
  })

  it('are so many gifts of one viewer a second as a finger can press, and all of the host', () => {
    const precedence = new Precedence()
    const given = (senderId: string, at: number) =>
      Array.from({ length: 50 }, () => precedence.of(message(senderId, GIFT, 'high'), at, GROUP)).filter(
        (priority) => priority === 'high',
      ).length
    expect(given('bob', 0)).toBe(10)
    expect(given('carol', 0)).toBe(10)
    expect(given('host', 0)).toBe(50)
    expect(given('bob', 500)).toBe(5)
    expect(given('bob', 9_000)).toBe(10)
  })
})
