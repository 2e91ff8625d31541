import { expect, it } from 'vitest'
import { backoffMs, judgeFailure } from '../../../src/core/outbox/failurePolicy'
import type { FailureFacts } from '../../../src/core/outbox/failurePolicy'
import { ChatError } from '../../../src/model'
import type { ChatErrorInit } from '../../../src/model'

const NOW = 1_000_000_000
const DAY = 24 * 60 * 60_000
const facts: FailureFacts = { strikes: 0, givenAt: NOW, now: NOW, clockOffsetMs: 0, chance: 0.5 }

type Row = [string, Partial<ChatErrorInit>, Partial<FailureFacts>, string, number?]

const table: Row[] = [
  ['called back', { kind: 'cancelled' }, { isCancelWished: true }, 'cancel'],
  [
    'called back, perhaps too late',
    { kind: 'cancelled', effect: 'unknown' },
    { isCancelWished: true },
    'cancel',
  ],
  ['called off by the backend', { kind: 'cancelled' }, {}, 'wait'],
  ['called off on the way', { kind: 'cancelled', effect: 'unknown' }, {}, 'settle'],
  ['no answer', { kind: 'timeout', effect: 'unknown' }, {}, 'settle'],
  ['cut off on the way', { kind: 'offline', effect: 'unknown' }, {}, 'settle'],
  ['an outright no is still settled where it may have arrived', { effect: 'unknown' }, {}, 'settle'],
  ['no connection', { kind: 'offline' }, {}, 'wait'],
  ['no session', { kind: 'signed-out' }, {}, 'wait'],
  ['a session of another kind', { kind: 'forbidden', retry: 'after-sign-in' }, {}, 'wait'],
  ['no connection for days', { kind: 'offline' }, { givenAt: NOW - 9 * DAY }, 'wait'],
  [
    'cut off, and harmless to do again',
    { kind: 'offline', effect: 'unknown' },
    { settledBy: 'again' },
    'wait',
  ],
  [
    'cut off, and the backend says no',
    { kind: 'offline', effect: 'unknown' },
    { settledBy: 'answer' },
    'retry',
    500,
  ],
  ['later', { kind: 'other', retry: 'later' }, {}, 'retry', 500],
  ['too often', { kind: 'too-often' }, { strikes: 3 }, 'retry', 4_000],
  ['slow', { kind: 'timeout' }, { strikes: 30 }, 'retry', 150_000],
  ['told when', { kind: 'too-often', untilAt: NOW + 7_000 }, { strikes: 9 }, 'retry', 7_000],
  [
    'told when, by another clock',
    { kind: 'too-often', untilAt: NOW + 7_000 },
    { clockOffsetMs: 2_000 },
    'retry',
    5_000,
  ],
  ['told a moment that is over', { kind: 'too-often', untilAt: NOW - 1 }, {}, 'retry', 500],
  ['told nonsense', { kind: 'too-often', untilAt: NaN }, {}, 'retry', 500],
  ['told a moment too far away', { kind: 'muted', retry: 'later', untilAt: NOW + 2 * DAY }, {}, 'fail'],
  ['tried for a day', { kind: 'other', retry: 'later' }, { givenAt: NOW - DAY }, 'fail'],
  ['tried for nearly a day', { kind: 'other', retry: 'later' }, { givenAt: NOW - DAY + 501 }, 'retry', 500],
  ['never', { kind: 'forbidden' }, {}, 'fail'],
  ['unexpected, not there', { effect: 'unknown' }, { settledBy: 'answer' }, 'retry', 500],
  [
    'unexpected, not there, again and again',
    { effect: 'unknown' },
    { settledBy: 'answer', strikes: 2 },
    'fail',
  ],
]

it.each<Row>(table)('%s', (_name, init, more, then, ms) => {
  const verdict = judgeFailure(new ChatError({ code: 'x', kind: 'other', ...init }), { ...facts, ...more })
  expect(verdict).toEqual(ms === undefined ? { then } : { then, notBeforeAt: NOW + ms })
})

it('waits longer each time, up to five minutes, by chance', () => {
  expect([0, 1, 2, 8, 9, 50, 5_000].map((strikes) => backoffMs(strikes, 1))).toEqual([
    1_000, 2_000, 4_000, 256_000, 300_000, 300_000, 300_000,
  ])
  expect(backoffMs(9, 0)).toBe(0)
})
