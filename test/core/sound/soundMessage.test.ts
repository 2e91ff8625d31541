import { describe, expect, it } from 'vitest'
import { soundMessage, soundParts, soundTime } from '../../../src/core/sound'
import { clientKey } from '../../../src/model'
import type { Message, Part } from '../../../src/model'
import { aMessage } from '../../support/builders'

/** A message as a careless wire may tell it, whatever the types say. */
function told(traits: object): Message {
  return { ...aMessage({ seq: 1 }), ...traits } as Message
}

describe('a sound message', () => {
  it('is the same object where nothing has to be mended', () => {
    const message = aMessage({ seq: 1, clientId: 'x' })
    expect(soundMessage(message)).toBe(message)
  })

  it('needs a sender, a conversation, keys and parts', () => {
    for (const nothing of [undefined, null, 'text', 7]) {
      expect(soundMessage(nothing as never)).toBeUndefined()
    }
    expect(soundMessage(told({ senderId: undefined }))).toBeUndefined()
    expect(soundMessage(told({ conversationId: 7 }))).toBeUndefined()
    expect(soundMessage(told({ keys: undefined }))).toBeUndefined()
    expect(soundMessage(told({ keys: [] }))).toBeUndefined()
    expect(soundMessage(told({ parts: undefined }))).toBeUndefined()
  })

  it('carries only keys that are names, and no client key of another sender', () => {
    const keys = ['seq:1:1', '', 7, clientKey('alice', 'x'), clientKey('bob', 'x')]
    expect(soundMessage(told({ keys }))?.keys).toEqual(['seq:1:1', clientKey('bob', 'x')])
    expect(soundMessage(told({ keys: [clientKey('alice', 'x')] }))).toBeUndefined()
  })

  it('keeps apart senders of whom one is named like the beginning of another', () => {
    const key = clientKey('bob:x', '1')
    expect(soundMessage(told({ keys: [key], senderId: 'bob' }))).toBeUndefined()
    expect(soundMessage(told({ keys: [key], senderId: 'bob:x' }))?.keys).toEqual([key])
  })

  it('stands at a moment that a date can name', () => {
    for (const time of [NaN, undefined, '12', -5]) expect(soundTime(time as never)).toBe(0)
    expect(soundTime(1_000)).toBe(1_000)
    for (const time of [Infinity, 1e300]) {
      expect(new Date(soundMessage(told({ sentAt: time }))?.sentAt ?? NaN).getTime()).not.toBeNaN()
    }
  })

  it('has no place rather than one that is no number', () => {
    for (const major of [NaN, Infinity, '7', undefined]) {
      expect(soundMessage(told({ order: { major } }))).not.toHaveProperty('order')
    }
    expect(soundMessage(told({ order: { major: 3, minor: 'a' }, sentAt: NaN }))?.order).toEqual({
      major: 3,
      minor: 'a',
    })
  })
})

describe('sound parts', () => {
  const sound = (part: unknown) => soundParts([part as Part])?.[0]

  it('are the same array where each has what its kind needs', () => {
    const parts: readonly Part[] = [
      { kind: 'text', text: 'hello' },
      { kind: 'image', file: { at: 'remote', key: 'k' } },
      { kind: 'notice', about: 'joined', userIds: ['bob'] },
    ]
    expect(soundParts(parts)).toBe(parts)
  })

  it('hold text without what no wire can carry', () => {
    expect(sound({ kind: 'text', text: 'a\r\nb\u0000c\ud800' })).toEqual({
      kind: 'text',
      text: 'a\nbc\ufffd',
    })
  })

  it('name a file so that its end is seen', () => {
    const named = (name: string) => ({ kind: 'file', file: { at: 'remote', key: 'k', name } })
    expect(sound(named('photo\u202egpj.exe'))).toEqual(named('photogpj.exe'))
    expect(sound(named(`bill.pdf${'\u00a0'.repeat(200)}.exe`))).toEqual(named('bill.pdf .exe'))
    const hebrew = named('\u05e9\u05dc\u05d5\u05dd\u200f  (1).pdf')
    expect(sound(hebrew)).toBe(hebrew)
  })

  it('say what they were meant to be where something is missing', () => {
    expect(sound({ kind: 'text', text: 7 })).toEqual({ kind: 'unsupported', wireKind: 'text' })
    for (const kind of ['image', 'video', 'audio', 'file']) {
      expect(sound({ kind })).toEqual({ kind: 'unsupported', wireKind: kind })
    }
    expect(sound({ kind: 'notice', about: 'joined', userIds: 'bob' })).toEqual({
      kind: 'unsupported',
      wireKind: 'notice',
    })
    for (const nothing of [null, 'text', {}]) {
      expect(sound(nothing)).toEqual({ kind: 'unsupported', wireKind: 'unknown' })
    }
  })
})
