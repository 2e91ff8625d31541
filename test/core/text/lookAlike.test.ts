import { describe, expect, it } from 'vitest'
import { hasMixedScripts, isLookAlike, linkHostOf } from '../../../src/core/text'

describe('names that look alike', () => {
  it('are told whatever the trick', () => {
    for (const imitation of [
      'Alice', // the very name
      'ALICE',
      'Аlice', // Cyrillic А
      'A1ice',
      'AIice',
      'Ａｌｉｃｅ',
      'A l i c e',
      'Al\u200bice',
      'Alice\u202e',
      'Álicé',
      '𝐀𝐥𝐢𝐜𝐞',
      'Αӏісе', // Greek and Cyrillic
    ]) {
      expect([imitation, isLookAlike(imitation, 'Alice')]).toEqual([imitation, true])
    }
    expect(isLookAlike('rnodern', 'modern')).toBe(true)
    expect(isLookAlike('客服O1', '客服01')).toBe(true)
    expect(isLookAlike('王末', '王未')).toBe(true)
  })

  it('are not those that a reader tells apart', () => {
    for (const [one, other] of [
      ['Alice', 'Alicia'],
      ['Bob', 'Rob'],
      ['林悦', '林月'],
      ['', ''],
      ['Анна', 'Anna Lee'],
    ] as const) {
      expect([one, other, isLookAlike(one, other)]).toEqual([one, other, false])
    }
  })

  it('may be written in two alphabets', () => {
    expect(hasMixedScripts('pаypal')).toBe(true)
    expect(['Alice 林悦', 'ياسمين Yasmin', 'Анна', 'Anna'].map(hasMixedScripts)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})

describe('the host of a link', () => {
  it('is shown in the spelling of the network where letters could deceive', () => {
    for (const host of ['аррӏе.com', 'pаypal.com', 'ɡoogle.com', 'bank.соm', 'a\u00adb.com']) {
      const { shown, isDeceptive } = linkHostOf(host)
      expect([host, isDeceptive]).toEqual([host, true])
      if (host !== 'a\u00adb.com') expect(shown).toBe(new URL(`http://${host}`).hostname)
    }
  })

  it('is shown in the letters people know where they are honest', () => {
    for (const host of [
      'bücher.de',
      '例子.中国',
      'пример.рф',
      'straße.de',
      'localhost',
      '[::1]',
      'EXAMPLE.com',
    ]) {
      expect(linkHostOf(host)).toEqual({ shown: host.toLowerCase(), isDeceptive: false })
    }
  })

  it('is spelled as browsers do', () => {
    for (const host of ['pаypаl-ӏоgin.com', 'аaа.ααa.com', 'xаx.xyz', 'ԝikipediа.org']) {
      expect(linkHostOf(host).shown).toBe(new URL(`http://${host}`).hostname)
    }
  })
})
