import { describe, expect, it } from 'vitest'
import { createTextWire, escapeText, unescapeText } from '../../../src/core/text'

describe('escaping', () => {
  it('is done once', () => {
    expect(escapeText(`<b> & "it's"`)).toBe('&lt;b&gt; &amp; &quot;it&#39;s&quot;')
    expect(escapeText('&lt;')).toBe('&amp;lt;')
  })

  it('is undone once, whatever comes out', () => {
    expect(unescapeText('&amp;lt;')).toBe('&lt;')
    expect(unescapeText('&amp;amp;amp;lt;')).toBe('&amp;amp;lt;')
  })

  it('is undone in every spelling in use', () => {
    for (const apostrophe of ['&#39;', '&#039;', '&apos;', '&#x27;', '&#X0027;']) {
      expect(unescapeText(apostrophe)).toBe("'")
    }
    expect(unescapeText('&#60;&#x3C;&#x3e;&#38;&#34;')).toBe('<<>&"')
  })

  it('leaves alone what is no entity of these five', () => {
    for (const text of [
      '&nbsp;',
      '&#65;',
      '&LT;',
      '&lt',
      '&;',
      '&#;',
      '& lt;',
      '&#9999999999;',
      '&constructor;',
    ]) {
      expect(unescapeText(text)).toBe(text)
    }
  })
})

describe('a wire', () => {
  it('escapes only the characters it is said to', () => {
    const wire = createTextWire({ writes: 'escaped', unmarked: 'escaped', canMark: false, characters: '<>"' })
    expect(wire.toWire(`<a href="x"> & it's`)).toEqual({ text: `&lt;a href=&quot;x&quot;&gt; & it's` })
    expect(wire.fromWire({ text: '&lt;&amp;&#39;' })).toBe('<&amp;&#39;')
  })

  it('reads an old client by the habit of the fleet and a new one by its mark', () => {
    const wire = createTextWire({ writes: 'raw', unmarked: 'escaped', canMark: true })
    expect(wire.toWire('1 < 2')).toEqual({ text: '1 < 2', mark: 'raw' })
    expect(wire.fromWire({ text: '1 &lt; 2' })).toBe('1 < 2')
    expect(wire.fromWire({ text: 'write &lt;', mark: 'raw' })).toBe('write &lt;')
    expect(wire.fromWire({ text: '1 &lt; 2', mark: { surprising: true } })).toBe('1 < 2')
  })

  it('is refused where it could not read its own writing', () => {
    expect(() => createTextWire({ writes: 'raw', unmarked: 'escaped', canMark: false })).toThrow(
      "must be written so too, not 'raw'",
    )
  })
})
