import { describe, expect, it } from 'vitest'
import { errorCatalogue, errorInfo } from '../../../src/core/errors'
import { createTranslator, en } from '../../../src/i18n'
import english from '../../../src/i18n/errors/en'
import chinese from '../../../src/i18n/errors/zh-CN'
import zhCN from '../../../src/i18n/locales/zh-CN'
import { ChatError } from '../../../src/model'
import { hashOf, packShingles, shinglesOf, unpackShingles } from '../../support/shingles'
import vendor from './vendorShingles.json' with { type: 'json' }

const HAN = /\p{Script=Han}/u
const carried = Object.keys(en.messages.errors.codes).length
const inEnglish = createTranslator(en)
const inChinese = createTranslator(zhCN)
const say = (
  { errorText }: typeof inEnglish,
  words: typeof english,
  domain: string,
  code: number | string,
) => {
  const info = errorInfo(domain, code)
  if (!info) throw new Error(`${domain} ${code} is not in the catalogue`)
  return errorText(new ChatError(info), () => words)
}

describe('the words for codes', () => {
  it('tell every code in both languages, in words of their own', () => {
    for (const { domain, code } of errorCatalogue()) {
      const [words, chineseWords] = [
        say(inEnglish, english, domain, code),
        say(inChinese, chinese, domain, code),
      ]
      expect([code, words.trim() === '', HAN.test(words)]).toEqual([code, false, false])
      expect([code, HAN.test(chineseWords)]).toEqual([code, true])
    }
  })

  it('have the same meanings and steps in both, none without words and none said twice', () => {
    for (const part of ['means', 'toDo', 'tell'] as const) {
      expect(Object.keys(chinese[part])).toEqual(Object.keys(english[part]))
      for (const words of [english, chinese]) {
        const said = Object.entries(words[part]).filter(([name]) => name !== 'nothing')
        for (const [name, sentence] of said) expect([name, sentence.trim()]).not.toEqual([name, ''])
        expect(new Set(said.map(([, sentence]) => sentence)).size).toBe(said.length)
      }
    }
  })

  it('are none that no code needs', () => {
    const needed = new Set(errorCatalogue().map(({ meaning }) => meaning))
    const byCause = ['blocklist-as-wished', 'credentials-refused', 'said-by-app-server']
    const told = Object.keys(english.means)
    expect(told.filter((meaning) => !needed.has(meaning)).sort()).toEqual(byCause)
    expect([...needed].filter((meaning) => !Object.hasOwn(english.means, meaning))).toHaveLength(carried)
  })

  it('are whole sentences', () => {
    for (const sentence of [...Object.values(english.means), ...Object.values(english.toDo)]) {
      expect(sentence).toMatch(/^$|^\p{Lu}.*\.$/u)
    }
    for (const sentence of [...Object.values(chinese.means), ...Object.values(chinese.toDo)]) {
      expect(sentence).toMatch(/^$|。$/u)
    }
  })

  it('share no twelve characters in a row with what the vendor wrote', () => {
    const theirs = unpackShingles(vendor.hashes)
    expect(theirs.size).toBeGreaterThan(10_000)
    const ours = [english, chinese].flatMap(({ means, toDo, tell }) =>
      [means, toDo, tell].flatMap((part) => Object.values(part)),
    )
    const shared = ours.filter((sentence) => shinglesOf(sentence).some((run) => theirs.has(hashOf(run))))
    expect(shared).toEqual([])
  })

  it('would be caught copying', () => {
    const theirs = unpackShingles(packShingles('The quick brown fox jumps over the lazy dog'))
    const caught = (text: string) => shinglesOf(text).some((run) => theirs.has(hashOf(run)))
    expect(caught('A quick brown fox was seen')).toBe(true)
    expect(caught('A brown dog, and a lazy fox')).toBe(false)
  })
})

describe('an error on the screen', () => {
  it.each([
    [20009, 'You and this person are not friends, and only friends can write to each other here.'],
    [10009, 'The owner cannot leave this group. Hand the group to somebody else, or dissolve it.'],
    [51012, 'At most 50 conversations can be pinned. Remove some first.'],
    [
      90001,
      'What was sent to the service is not valid JSON. Tell the people who make this app: tencent 90001.',
    ],
    [
      10036,
      'The plan of the app allows no more live rooms. Tell the people who run this service: tencent 10036.',
    ],
    [20023, 'The message has been recalled already.'],
    [9506, 'The service takes at most five requests a second. Try again a little later.'],
  ])('says of %i what happened and what a person can do', (code, words) => {
    expect(say(inEnglish, english, 'tencent', code).replace(/\s/gu, ' ')).toContain(words)
  })

  it('is told by its kind until the words are there, and asks for them only where they help', () => {
    let asked = 0
    const loaded = () => void asked++
    const { errorText } = inEnglish
    expect(
      errorText(new ChatError({ domain: 'tencent', code: 20009, kind: 'not-related' }), loaded),
    ).toContain('Only friends can write')
    expect(asked).toBe(1)
    errorText(new ChatError({ domain: 'tencent', code: 20012, kind: 'muted', untilAt: 5 }), loaded)
    errorText(new ChatError({ code: 'storage-memory', kind: 'other' }), loaded)
    errorText(new ChatError({ domain: 'elsewhere', code: 7, kind: 'other' }), loaded)
    expect(asked).toBe(1)
  })

  it('is told by its kind where whoever made it knew more than the code says', () => {
    const error = new ChatError({ domain: 'xmpp', code: 'forbidden', kind: 'muted' })
    expect(inEnglish.errorText(error, () => english)).toBe(inEnglish.errorText(error))
  })
})
