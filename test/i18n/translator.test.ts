import { describe, expect, it } from 'vitest'
import { ERROR_KINDS } from '../../src/core/sound'
import { createTranslator, en, type Locale } from '../../src/i18n'
import zhCN from '../../src/i18n/locales/zh-CN'
import { ChatError } from '../../src/model'

type Tree = { readonly [key: string]: string | Tree }

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  )
}
const placeholders = (words: string) => [...new Set(words.match(/\{\w+\}/gu) ?? [])].sort()

const locales: readonly Locale[] = [en, zhCN]
const english = createTranslator(en)
const chinese = createTranslator(zhCN)

describe('the catalogues', () => {
  it('hold the same keys with words at each', () => {
    const keys = leaves(en.messages).map(([key]) => key)
    expect(leaves(zhCN.messages).map(([key]) => key)).toEqual(keys)
    for (const locale of locales)
      for (const [, words] of leaves(locale.messages)) expect(words.trim()).not.toBe('')
  })

  it('ask for the same names in both languages', () => {
    const inEnglish = new Map(leaves(en.messages))
    for (const [key, words] of leaves(zhCN.messages)) {
      expect([key, placeholders(words)]).toEqual([key, placeholders(inEnglish.get(key) ?? '')])
    }
  })

  it('name the landmarks and controls as the contract says', () => {
    expect(english.t('list.region')).toBe('Conversations')
    expect(english.t('chat.region')).toBe('Chat')
    expect(english.t('timeline.log')).toBe('Messages')
    expect(english.t('composer.label')).toBe('Message')
    expect(english.t('composer.send')).toBe('Send')
    expect(english.t('details.region')).toBe('Details')
  })
})

describe('words', () => {
  it('take the plural form of the count', () => {
    expect(english.t('timeline.newMessages', {}, 1)).toBe('1 new message')
    expect(english.t('timeline.newMessages', {}, 1204)).toBe('1,204 new messages')
    expect(chinese.t('timeline.newMessages', {}, 1)).toBe('1 条新消息')
  })

  it('leave what people wrote as it is, whatever signs are in it', () => {
    const text = `a | b {n} @:list.title {'x'} <b> %{n}`
    expect(english.t('list.you', { text })).toBe(`You: ${text}`)
  })

  it('close names that could turn the sentence in isolates', () => {
    const say = (name: string) => english.t('chat.typingOne', { name })
    expect(say('Ada')).toBe('Ada is typing…')
    expect(say('ياسمين')).toBe('\u2068ياسمين\u2069 is typing…')
    expect(say('a\u202Eb')).toBe('\u2068a\u202Eb\u2069 is typing…')
    // A name can neither leave the isolate early nor keep it open.
    expect(say('\u2069a\u202E')).toBe('\u2068a\u202E\u2069 is typing…')
    expect(say('\u2067a')).toBe('\u2068\u2067a\u2069\u2069 is typing…')
  })

  it('are prepared once for each language object', () => {
    expect(createTranslator(en)).toBe(english)
    const own: Locale = {
      ...en,
      messages: { ...en.messages, day: { today: 'This day', yesterday: 'The day before' } },
    }
    expect(createTranslator(own).day(0, 0)).toBe('This day')
    expect(english.day(0, 0)).toBe('Today')
  })

  it('show an at sign where the catalogue means one', () => {
    expect(english.t('list.mentionMark')).toBe('[@you]')
    expect(chinese.t('list.mentionMark')).toBe('[有人@我]')
  })

  it('are compiled without evaluating code', () => {
    const fresh = createTranslator({ ...en, tag: 'en-x-fresh' })
    const { Function: original } = globalThis
    globalThis.Function = (() => {
      throw new Error('no code from strings')
    }) as unknown as FunctionConstructor
    try {
      expect(fresh.t('common.andMore', { names: 'Ada', n: 2 })).toBe('Ada and 2 more')
    } finally {
      globalThis.Function = original
    }
  })
})

describe('times', () => {
  const now = new Date(2026, 10, 21, 14, 32).getTime()
  const at = (...date: [number, number, number, number, number]) => new Date(...date).getTime()

  it('are as short in the list as they can be told apart', () => {
    const told = (...date: [number, number, number, number, number]) => english.listTime(at(...date), now)
    expect(told(2026, 10, 21, 9, 5)).toBe('09:05')
    expect(told(2026, 10, 20, 23, 59)).toBe('Yesterday')
    expect(told(2026, 10, 17, 8, 0)).toBe('Tue')
    expect(told(2026, 10, 15, 8, 0)).toBe('Sun')
    expect(told(2026, 10, 14, 23, 0)).toBe('14 Nov')
    expect(told(2025, 10, 12, 8, 0)).toBe('12/11/2025')
    expect(chinese.listTime(at(2026, 10, 12, 8, 0), now)).toBe('11月12日')
    expect(chinese.listTime(at(2026, 10, 17, 8, 0), now)).toBe('周二')
  })

  it('head the days of a timeline', () => {
    expect(english.day(now, now)).toBe('Today')
    expect(english.day(at(2026, 10, 20, 0, 1), now)).toBe('Yesterday')
    expect(english.day(at(2026, 10, 17, 12, 0), now)).toBe('Tuesday')
    expect(english.day(at(2026, 5, 4, 12, 0), now)).toBe('4 June')
    expect(english.day(at(2024, 5, 4, 12, 0), now)).toBe('4 June 2024')
    expect(chinese.day(now, now)).toBe('今天')
  })

  it('say the year of a moment only where it is another one than now', () => {
    expect(english.dayTime(at(2026, 5, 4, 9, 5), now)).toBe('4 Jun, 09:05')
    expect(english.dayTime(at(2024, 5, 4, 9, 5), now)).toBe('4 Jun 2024, 09:05')
    expect(english.dayTime(at(2024, 5, 4, 9, 5))).toBe('4 Jun, 09:05')
    expect(chinese.dayTime(at(2024, 5, 4, 9, 5), now)).toContain('2024年6月4日')
  })

  it('a little ahead of the own clock still belong to today', () => {
    expect(english.day(now + 60_000, now)).toBe('Today')
    expect(english.listTime(at(2026, 10, 22, 0, 30), at(2026, 10, 21, 23, 59))).toBe('22 Nov')
  })
})

describe('what is no date', () => {
  it('has no words', () => {
    for (const ms of [Number.NaN, Infinity, 1e20, -1e20]) {
      const { time, day, listTime, dayTime } = english
      expect([ms, time(ms), day(ms, 0), listTime(ms, 0), dayTime(ms)]).toEqual([ms, '', '', '', ''])
      expect(listTime(0, ms)).toBe('')
    }
  })
})

describe('sizes', () => {
  it('use the largest unit that keeps them readable', () => {
    expect(english.bytes(0)).toBe('0 byte')
    expect(english.bytes(1023)).toBe('1,023 byte')
    expect(english.bytes(1536)).toBe('1.5 kB')
    expect(english.bytes(5 * 1024 ** 2)).toBe('5 MB')
  })
})

describe('words for errors', () => {
  it('differ for every kind, in both languages', () => {
    for (const { errorText } of [english, chinese]) {
      const words = ERROR_KINDS.map((kind) => errorText(new ChatError({ code: 1, kind })))
      expect(new Set(words).size).toBe(ERROR_KINDS.length)
    }
  })

  it('say when a mute ends where that is known', () => {
    const untilAt = new Date(2026, 10, 21, 15, 0).getTime()
    expect(english.errorText(new ChatError({ code: 1, kind: 'muted', untilAt }))).toContain('15:00')
  })

  it('name the code where the kit gave it, and not where another domain uses the same word', () => {
    const storage = english.errorText(new ChatError({ code: 'storage-memory', kind: 'other' }))
    expect(storage).toContain('browser keeps nothing')
    const other = english.errorText(new ChatError({ domain: 'xmpp', code: 'storage-memory', kind: 'other' }))
    expect(other).not.toBe(storage)
  })
})
