import { describe, expect, it } from 'vitest'
import { normaliseText } from '../../../src/core/text'

describe('normaliseText', () => {
  it.each([
    '<b>bold</b> & "quotes" \'single\'',
    '&lt;already escaped&gt; &amp;lt;',
    '👨‍👩‍👧‍👦 family, 🏳️‍🌈 flag, 👍🏽 tone',
    '中文，全角标点。',
    'مرحبا بالعالم',
    'line one\n\tline two',
    'zero\u200bwidth and \u202eoverride',
    '',
  ])('leaves %j as it is', (text) => {
    expect(normaliseText(text)).toBe(text)
  })

  it('turns every line end into LF', () => {
    expect(normaliseText('a\r\nb\rc\nd')).toBe('a\nb\nc\nd')
  })

  it('removes control characters that kill an XML stream', () => {
    expect(normaliseText('a\u0000b\u0008c\u001bd\u007fe\u0085f')).toBe('abcdef')
  })

  it('replaces lone surrogates and keeps pairs', () => {
    expect(normaliseText('\ud83d x \ude00 \ud83d\ude00')).toBe('\ufffd x \ufffd 😀')
  })

  it('changes nothing the second time', () => {
    const once = normaliseText('\ud800\r\n\u0000\udfff\r')
    expect(normaliseText(once)).toBe(once)
  })
})
