import { describe, expect, it } from 'vitest'
import { draftOf, isForOtherWords } from '../../src/composables/rewriting'
import { ChatError, EMPTY_DRAFT } from '../../src/model'
import type { ErrorKind, Part } from '../../src/model'
import { aMessage } from '../support/builders'

const own: Part = {
  kind: 'image',
  file: { at: 'local', source: 'blob', value: 'x', name: 'a.png', bytes: 1, mime: 'image/png' },
}
const text = (words: string): Part => ({ kind: 'text', text: words })
const message = (...parts: readonly Part[]) => aMessage({ parts })
const error = (kind: ErrorKind) => new ChatError({ code: 1, kind })

describe('a refused message', () => {
  it('is for other words where its content is the reason, and it can go back into the field', () => {
    expect(isForOtherWords(message(own, text('a')), error('content-refused'))).toBe(true)
    expect(isForOtherWords(message(text('a')), error('too-large'))).toBe(true)
    expect(isForOtherWords(message(text('a')), error('forbidden'))).toBe(false)
    expect(isForOtherWords(message(text('a')), undefined)).toBe(false)
    const card: Part = { kind: 'card', of: 'user', id: 'bo' }
    expect(isForOtherWords(message(card), error('content-refused'))).toBe(false)
  })

  it('stands before what is written already, with its files', () => {
    const refused = message(own, text('first'))
    expect(draftOf(refused, EMPTY_DRAFT)).toEqual({ text: 'first', attachments: [own] })
    expect(draftOf(refused, { text: 'second', attachments: [] }).text).toBe('first\nsecond')
  })

  it('burns as it was to burn, and so does what is written already', () => {
    const burning = aMessage({ parts: [text('first')], burnAfterMs: 5_000 })
    expect(draftOf(burning, EMPTY_DRAFT).burnAfterMs).toBe(5_000)
    expect(draftOf(message(text('first')), { ...EMPTY_DRAFT, burnAfterMs: 9_000 }).burnAfterMs).toBe(9_000)
    expect(draftOf(message(text('first')), EMPTY_DRAFT)).not.toHaveProperty('burnAfterMs')
  })
})
