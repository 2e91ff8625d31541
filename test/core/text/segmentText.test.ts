import { LinkifyIt } from 'linkify-it'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { segmentText } from '../../../src/core/text'
import type { SegmentOptions } from '../../../src/core/text'

/** The pieces in short: `kind raw`, words as they are. */
const pieces = (text: string, options?: SegmentOptions) =>
  segmentText(text, options).map(({ kind, raw }) => (kind === 'text' ? raw : `${kind} ${raw}`))
const urls = (text: string, options?: SegmentOptions) =>
  segmentText(text, options).flatMap((segment) => (segment.kind === 'link' ? segment.url : []))

afterEach(() => void vi.restoreAllMocks())

describe('links', () => {
  it('are found with and without a scheme', () => {
    expect(urls('http://a.com HTTPS://B.com/x www.c.com d.org/e?f=g#h')).toEqual([
      'http://a.com',
      'HTTPS://B.com/x',
      'https://www.c.com',
      'https://d.org/e?f=g#h',
    ])
    expect(urls('bob@example.com mailto:eve@example.com tel:+86-10-1234')).toEqual([
      'mailto:bob@example.com',
      'mailto:eve@example.com',
      'tel:+86-10-1234',
    ])
  })

  it('lead nowhere by any other scheme', () => {
    for (const text of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:msgbox(1)',
      'file:///etc/passwd',
      'blob:null/1',
      'ftp://a.com/x',
      '//a.com/x',
      'intent://a#Intent;end',
      'weixin://dl',
      'chrome://settings',
    ]) {
      expect([text, urls(text).filter((url) => !/^(?:https?:|mailto:|tel:)/i.test(url))]).toEqual([text, []])
      expect(pieces(text).join('')).not.toMatch(/^link (?!https)/)
    }
  })

  it('end before the punctuation of the sentence, in every script', () => {
    expect(pieces('See https://a.com/b, then (https://a.com/c(d)).')).toEqual([
      'See ',
      'link https://a.com/b',
      ', then (',
      'link https://a.com/c(d)',
      ').',
    ])
    expect(pieces('看https://a.com/b，好的。https://c.com')).toEqual([
      '看',
      'link https://a.com/b',
      '，好的。',
      'link https://c.com',
    ])
    expect(pieces('去https://a.com看看')).toEqual(['去', 'link https://a.com', '看看'])
    expect(pieces('https://zh.wikipedia.org/wiki/中国 对')).toEqual([
      'link https://zh.wikipedia.org/wiki/中国',
      ' 对',
    ])
    expect(pieces('发到bob@example.com吧')).toEqual(['发到', 'link bob@example.com', '吧'])
  })

  it('hold no sign that turns the line, and no second host', () => {
    expect(pieces('https://a.com/\u202egpj.exe')).toEqual(['link https://a.com/', '\u202egpj.exe'])
    expect(pieces('https://bank.com@evil.com/')).toEqual(['link https://bank.com', '@evil.com/'])
    expect(urls('https://bank.com\\@evil.com')).toEqual(['https://bank.com'])
  })

  it('tell the host they lead to, and whether it could be taken for another', () => {
    expect(segmentText('http://аррӏе.com/x')).toEqual([
      {
        kind: 'link',
        raw: 'http://аррӏе.com/x',
        url: 'http://аррӏе.com/x',
        host: 'xn--80ak6aa92e.com',
        isDeceptive: true,
      },
    ])
    expect(segmentText('http://[::1]:8080/x')[0]).toMatchObject({ host: '[::1]', isDeceptive: false })
  })

  it('are no names of files and no numbers', () => {
    expect(urls('readme.md run.sh main.py 3.14 v1.2.3 a.b e.g. 12:30')).toEqual([])
    expect(urls('www.run.sh docs.rs/readme.md')).toHaveLength(2)
  })

  it('are only of the schemes an app wants', () => {
    expect(urls('http://a.com https://b.com tel:12345 c@d.com', { schemes: ['https'] })).toEqual([
      'https://b.com',
    ])
  })

  it('are read in pieces of bounded length that are no longer together than the text', () => {
    for (const unit of ['[', '(', '@', 'http://', '&', 'www.', 'a.b', '中a.com', 'x@y.z ', "'a", '{[(']) {
      const text = unit.repeat(Math.ceil(100_000 / unit.length))
      const match = vi.spyOn(LinkifyIt.prototype, 'match')
      segmentText(text)
      const lengths = match.mock.calls.map(([piece]) => piece.length)
      expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(4_110)
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(text.length)
      match.mockRestore()
    }
  })

  it('are whole or none where they are longer than any address', () => {
    expect(urls(`https://a.com/${'b'.repeat(10_000)}`)).toEqual([])
    expect(urls(`https://a.com/${'b'.repeat(3_000)} https://c.com`)).toHaveLength(2)
  })
})

describe('mentions', () => {
  const people: SegmentOptions = {
    mentions: [
      { name: 'Ann', userId: 'ann' },
      { name: 'Ann Lee', userId: 'lee' },
      { name: '林悦', userId: 'lin' },
      { name: 'bob', userId: 'bob' },
      { name: '<b>&amp;', userId: 'sly' },
      { name: 'all' },
    ],
  }

  it('are found by the names they are made with, the longest first', () => {
    expect(segmentText('@Ann Lee and @Ann', people)).toEqual([
      { kind: 'mention', raw: '@Ann Lee', name: 'Ann Lee', userId: 'lee' },
      { kind: 'text', raw: ' and ' },
      { kind: 'mention', raw: '@Ann', name: 'Ann', userId: 'ann' },
    ])
    expect(pieces('嗨@林悦你好，＠林悦', people)).toEqual(['嗨', 'mention @林悦', '你好，', 'mention ＠林悦'])
    expect(pieces('@<b>&amp;!', people)).toEqual(['mention @<b>&amp;', '!'])
    expect(segmentText('@all', people)).toEqual([{ kind: 'mention', raw: '@all', name: 'all' }])
  })

  it('are no beginning of a longer name and no piece of an address', () => {
    expect(pieces('@Annabel @allow', people)).toEqual(['@Annabel @allow'])
    expect(pieces('bob@bob.com https://a.com/@bob', people)).toEqual([
      'link bob@bob.com',
      ' ',
      'link https://a.com/@bob',
    ])
  })

  it('need names: an @ alone means nobody', () => {
    expect(pieces('@Ann @ @@')).toEqual(['@Ann @ @@'])
  })
})

describe('emoji and faces', () => {
  it('are found one by one', () => {
    expect(pieces('ok 👍🏽👩‍👩‍👧 🇩🇪🇫🇷 1️⃣ ❤️')).toEqual([
      'ok ',
      'emoji 👍🏽',
      'emoji 👩‍👩‍👧',
      ' ',
      'emoji 🇩🇪',
      'emoji 🇫🇷',
      ' ',
      'emoji 1️⃣',
      ' ',
      'emoji ❤️',
    ])
  })

  it('are no digits, no signs of writing, no half flags', () => {
    expect(pieces('1 # * © ™ ❤ 🇩 ☎\ufe0e')).toEqual(['1 # * © ™ ❤ 🇩 ☎\ufe0e'])
  })

  it('are the faces the app knows, others stay words', () => {
    const faces = new Map([['[smile]', 'smile']])
    expect(segmentText('a[smile][frown]', { faces })).toEqual([
      { kind: 'text', raw: 'a' },
      { kind: 'face', raw: '[smile]', key: 'smile' },
      { kind: 'text', raw: '[frown]' },
    ])
  })
})
