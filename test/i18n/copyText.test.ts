import { describe, expect, it } from 'vitest'
import { copyText, createTranslator, en } from '../../src/i18n'
import type { Part } from '../../src/model'

const { t } = createTranslator(en)
const file = { at: 'remote', name: 'plan.pdf' } as const

describe('what is copied of a message', () => {
  it('is the text to the letter, and words for what is no text', () => {
    const parts: [Part, string][] = [
      [{ kind: 'text', text: '  <b> &amp;\n\ttwo ' }, '  <b> &amp;\n\ttwo '],
      [{ kind: 'image', file }, '[Photo]'],
      [{ kind: 'video', file }, '[Video]'],
      [{ kind: 'audio', file, durationMs: 74_000 }, '[Voice message · 1:14]'],
      [{ kind: 'file', file }, '[File: plan.pdf]'],
      [{ kind: 'face', key: 'smile' }, '[smile]'],
      [{ kind: 'face', index: 1 }, '[Sticker]'],
      [
        { kind: 'location', latitude: 31.2, longitude: 121.5, label: 'Home' },
        '[Location: Home]\n31.2, 121.5',
      ],
      [{ kind: 'card', of: 'user', id: 'ada' }, '[Contact card]\nada'],
      [{ kind: 'merged', title: 'Plans', abstracts: ['a: 1', 'b: 2'] }, '[Chat history: Plans]\na: 1\nb: 2'],
      [{ kind: 'custom', type: 'x', data: null, fallback: 'A vote' }, 'A vote'],
      [{ kind: 'unsupported', wireKind: 'x' }, 'Unknown message'],
      [{ kind: 'notice', about: 'dissolved' }, 'The group was dissolved'],
    ]
    for (const [part, words] of parts) expect(copyText(t, [part])).toBe(words)
    expect(copyText(t, [parts[1]![0], parts[0]![0]])).toBe(parts[0]![1])
    expect(copyText(t, [parts[1]![0], parts[2]![0]])).toBe('[Photo]\n[Video]')
    expect(copyText(t, [])).toBe('')
  })
})
