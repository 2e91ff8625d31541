import { expect } from 'vitest'
import { simulate } from './main'
import type { Total } from './main'

/** What a run must have met at least once to be worth anything. */
const MUST_HAPPEN = [
  ...['delayed', 'callLost', 'answerLost', 'arrivedLate', 'callRepeated', 'hung', 'refused'],
  ...['eventsLost', 'streamBroken', 'eventsRepeated', 'eventsRepeatedLater', 'heldBack', 'caughtUp'],
  ...['leftInDoubt', 'pageShortened', 'pageRepeated', 'cursorExpired', 'clockSkewed', 'killed'],
  ...['sendMessage', 'editMessage', 'recallMessage', 'deleteMessages', 'setReactions', 'markRead'],
  ...['clearHistory', 'loadHistory', 'goTo', 'resendAll', 'dropMessage', 'wentOffline'],
  ...['memoryOpened', 'databaseOpened', 'keptMeanwhile', 'keptOnThisMachine'],
]

/** Plays seeds that all have to end well; what those say that do not is the failure. */
export async function expectAllWell(from: number, count: number): Promise<Total> {
  const lines: string[] = []
  const total = await simulate(from, count, (line) => lines.push(line))
  process.stdout.write(`${lines.slice(-2).join('\n')}\n`)
  expect(total.failed, lines.join('\n')).toBe(0)
  for (const name of MUST_HAPPEN) expect(total.counts[name] ?? 0, `${name} never happened`).toBeGreaterThan(0)
  return total
}
