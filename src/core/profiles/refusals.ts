import type { ChatErrorShape } from '../../model'

/** Codes of a backend that mean "ask for less" (K8), whatever kind they are given. */
const ASK_FOR_LESS = new Set([10005, 10018, 10054, 70206, 90018])

/** The question was too large: half of it may be answered. */
export function isAskForLess({ kind, code }: ChatErrorShape): boolean {
  return kind === 'too-large' || ASK_FOR_LESS.has(Number(code))
}

/** There is something wrong with an id in the question; alone, it is that id. */
export function refusesTheId({ kind }: ChatErrorShape): boolean {
  return kind === 'invalid' || kind === 'not-found'
}
