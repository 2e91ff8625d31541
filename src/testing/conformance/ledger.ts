import type { Ability } from '../../core/ports'
import { ABILITIES } from './abilities'
import type { CheckNotRun, ConformanceReport, Offer } from './harness'

/** What a run amounts to. */
export interface Ledger {
  noteCheck(needs: readonly string[]): void
  noteNotRun(name: string, missing: readonly string[]): void
  /** The methods are there, and `can` says that this backend does not let anybody use them. */
  noteRefused(name: string, refused: readonly string[]): void
  notePassed(): void
  noteFailed(): void
  report(name: string, has: (ability: Ability) => boolean): ConformanceReport
}

/** An empty one. */
export function createLedger(): Ledger {
  const checkCounts = new Map<string, number>()
  const refused = new Set<string>()
  const notRun: CheckNotRun[] = []
  let passedCount = 0
  let failedCount = 0

  function offerOf(ability: Ability, isThere: boolean): Offer {
    const state = !isThere ? 'missing' : refused.has(ability) ? 'refused' : 'offered'
    return { ability, state, checkCount: state === 'offered' ? (checkCounts.get(ability) ?? 0) : 0 }
  }

  return {
    noteCheck: (needs) => needs.forEach((need) => checkCounts.set(need, (checkCounts.get(need) ?? 0) + 1)),
    noteNotRun: (name, missing) =>
      void notRun.push({ name, because: `there is no ${missing.join(', no ')}` }),
    noteRefused(name, abilities) {
      abilities.forEach((ability) => refused.add(ability))
      notRun.push({ name, because: `this backend refuses ${abilities.join(', ')}` })
    },
    notePassed: () => void passedCount++,
    noteFailed: () => void failedCount++,
    report: (name, has) => ({
      name,
      offers: ABILITIES.map((ability) => offerOf(ability, has(ability))),
      notRun: [...notRun],
      passedCount,
      failedCount,
    }),
  }
}
