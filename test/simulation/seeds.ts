import { expect } from 'vitest'
import { simulate } from './main'
import type { Total } from './main'

/** What a run must have met at least once to be worth anything. */
const MUST_HAPPEN = [
  ...['delayed', 'callLost', 'answerLost', 'arrivedLate', 'callRepeated', 'hung', 'refused'],
  ...['eventsLost', 'streamBroken', 'eventsRepeated', 'eventsRepeatedLater', 'heldBack', 'caughtUp'],
  ...['leftInDoubt', 'pageShortened', 'pageRepeated', 'cursorExpired', 'clockSkewed', 'killed'],
  ...['sendMessage', 'editMessage', 'recallMessage', 'deleteMessages', 'setReactions', 'markRead'],
  ...['clearHistory', 'loadHistory', 'goTo', 'resendAll', 'dropMessage', 'wentOffline', 'troubled'],
  ...['memoryOpened', 'databaseOpened', 'keptMeanwhile', 'keptOnThisMachine'],
]

/**
 * Not every story ends well yet: `npm run simulate` says which do not. This is how many of a hundred may fail before it is
 * a step back; it only ever goes down.
 */
const MOST_FAILING_OF_100 = 12

/** Plays seeds and says what happened; where more fail than are known to, what they say is the failure. */
export async function expectNoStepBack(from: number, count: number): Promise<Total> {
  const lines: string[] = []
  const total = await simulate(from, count, (line) => lines.push(line))
  process.stdout.write(`${lines.slice(-2).join('\n')}\n`)
  const mostFailing = Math.ceil((count * MOST_FAILING_OF_100) / 100)
  expect(total.failed, lines.join('\n')).toBeLessThanOrEqual(mostFailing)
  for (const name of MUST_HAPPEN) expect(total.counts[name] ?? 0, `${name} never happened`).toBeGreaterThan(0)
  return total
}
