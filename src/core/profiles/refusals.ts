import type { ChatErrorShape } from '../../model'
import { errorInfo } from '../errors'

/** The question was too large, by its kind or by its code (K8): half of it may be answered. */
export function isAskForLess({ kind, domain, code }: ChatErrorShape): boolean {
  return kind === 'too-large' || errorInfo(domain, code)?.whatToDo === 'ask-less'
}

/** There is something wrong with an id in the question; alone, it is that id. */
export function refusesTheId({ kind }: ChatErrorShape): boolean {
  return kind === 'invalid' || kind === 'not-found'
}
