import { LAST_MOMENT } from '../model'
import type { EpochMs } from '../model'
import type { Locale } from './catalogue'

/** Dates and numbers as one language writes them. */
export interface Formatters {
  /** The time of day: 14:32. */
  readonly time: (ms: EpochMs) => string
  /** A heading above the messages of a day: Today, Yesterday, Tuesday, 12 November, 12 November 2024. */
  readonly day: (ms: EpochMs, nowMs: EpochMs) => string
  /** As short as it can be told apart: 14:32, Yesterday, Tue, 12 Nov, 12/11/2024. */
  readonly listTime: (ms: EpochMs, nowMs: EpochMs) => string
  /** Day and time: 12 Nov, 14:32; with the year where that is not the year of now. */
  readonly dayTime: (ms: EpochMs, nowMs?: EpochMs) => string
  /** A month: November 2026. */
  readonly month: (ms: EpochMs) => string
  /** A number with its separators: 1,204. */
  readonly number: (value: number) => string
  /** A share of one: 42%. */
  readonly percent: (fraction: number) => string
  /** A size in the largest unit that keeps it readable: 1.2 MB. */
  readonly bytes: (count: number) => string
}

/** So many times of day are remembered. */
const mostRemembered = 1_000

const formattersByLocale = new WeakMap<Locale, Formatters>()

/** The formatters of a language, made once for each `Locale` object. What is no date becomes an empty text. */
export function createFormatters(locale: Locale): Formatters {
  const known = formattersByLocale.get(locale)
  if (known) return known
  const made = makeFormatters(locale)
  formattersByLocale.set(locale, made)
  return made
}

/** Plain "en" would put the month first, which only one country reads; with a region the app decides. */
function formattingTag(tag: string): string {
  return tag === 'en' ? 'en-GB' : tag
}

function makeFormatters({ tag, messages }: Locale): Formatters {
  const of = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(formattingTag(tag), options)
    return (ms: EpochMs) => (isDate(ms) ? format.format(ms) : '')
  }
  const time = remembering(of({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }))
  const weekday = of({ weekday: 'long' })
  const weekdayShort = of({ weekday: 'short' })
  const date = of({ day: 'numeric', month: 'long' })
  const dateShort = of({ day: 'numeric', month: 'short' })
  const dateYear = of({ day: 'numeric', month: 'long', year: 'numeric' })
  const dateYearShort = of({ day: 'numeric', month: 'numeric', year: 'numeric' })
  const toTheMinute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const dayTime = of({ day: 'numeric', month: 'short', ...toTheMinute })
  const yearDayTime = of({ day: 'numeric', month: 'short', year: 'numeric', ...toTheMinute })
  const month = of({ month: 'long', year: 'numeric' })
  const number = new Intl.NumberFormat(formattingTag(tag))
  const percent = new Intl.NumberFormat(formattingTag(tag), { style: 'percent', maximumFractionDigits: 0 })
  const { today, yesterday } = messages.day
  return {
    time,
    day: (ms, nowMs) =>
      byAge(ms, nowMs, {
        today: () => today,
        yesterday: () => yesterday,
        week: weekday,
        year: date,
        older: dateYear,
      }),
    listTime: (ms, nowMs) =>
      byAge(ms, nowMs, {
        today: time,
        yesterday: () => yesterday,
        week: weekdayShort,
        year: dateShort,
        older: dateYearShort,
      }),
    dayTime: (ms, nowMs) =>
      nowMs === undefined || yearOf(ms) === yearOf(nowMs) ? dayTime(ms) : yearDayTime(ms),
    month,
    number: (value) => number.format(value),
    percent: (fraction) => percent.format(fraction),
    bytes: createBytes(formattingTag(tag)),
  }
}

/** A message asks a few times for its own time, and formatting is dear. */
function remembering(format: (ms: EpochMs) => string): (ms: EpochMs) => string {
  let known = new Map<EpochMs, string>()
  return (ms) => {
    const before = known.get(ms)
    if (before !== undefined) return before
    if (known.size >= mostRemembered) known = new Map()
    const words = format(ms)
    known.set(ms, words)
    return words
  }
}

type Age = 'today' | 'yesterday' | 'week' | 'year' | 'older'

function byAge(ms: EpochMs, nowMs: EpochMs, words: Record<Age, (ms: EpochMs) => string>): string {
  return isDate(ms) && isDate(nowMs) ? words[ageOf(ms, nowMs)](ms) : ''
}

/** A backend may send any number; the calendar ends 100 million days from its zero. */
function isDate(ms: EpochMs): boolean {
  return Math.abs(ms) <= LAST_MOMENT
}

/** A time a little ahead of the own clock counts as today; one further ahead gets its date. */
function ageOf(ms: EpochMs, nowMs: EpochMs): Age {
  const days = calendarDay(nowMs) - calendarDay(ms)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  if (days > 1 && days < 7) return 'week'
  return yearOf(ms) === yearOf(nowMs) ? 'year' : 'older'
}

function yearOf(ms: EpochMs): number {
  return new Date(ms).getFullYear()
}

/** Days counted on the calendar of the reader's time zone, so that a day of 23 or 25 hours is one day. */
function calendarDay(ms: EpochMs): number {
  const date = new Date(ms)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

function createBytes(tag: string): (count: number) => string {
  const formats = byteUnits.map(
    (unit) =>
      new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }),
  )
  return (count) => {
    if (!Number.isFinite(count)) return ''
    const step = count < 1 ? 0 : Math.min(Math.floor(Math.log2(count) / 10), byteUnits.length - 1)
    return formats[step]?.format(count / 1024 ** step) ?? String(count)
  }
}
