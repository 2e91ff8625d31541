import { describe, expect, it } from 'vitest'
import { createTranslator, en, extendLocale } from '../../src/i18n'
import type { Locale } from '../../src/i18n'

describe('a language that is not whole', () => {
  it('has its own words and those of the one it extends', () => {
    const { t, locale } = createTranslator(
      extendLocale(en, { tag: 'en-US', messages: { list: { title: 'Inbox' } } }),
    )
    expect(t('list.title')).toBe('Inbox')
    expect(t('list.filter')).toBe(en.messages.list.filter)
    expect(t('common.retry')).toBe(en.messages.common.retry)
    expect(locale.tag).toBe('en-US')
  })

  it.each([
    ['no words at all', undefined],
    ['a few', { list: { title: 'Chaty' } }],
    ['a word in place of a group', { day: 'dziś', list: 'x' }],
    ['a group in place of a word', { list: { title: { one: 'x' } }, day: { today: 3 } }],
  ])('speaks English where it has %s', (_, messages) => {
    const given = { tag: 'pl', direction: 'ltr', messages } as unknown as Locale
    const { t, day } = createTranslator(given)
    expect(t('list.filter')).toBe(en.messages.list.filter)
    expect(day(0, 0)).toBe(en.messages.day.today)
  })
})
