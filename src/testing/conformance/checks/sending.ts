import type { Suite } from '../topic'
import { PARTS, partCheck, mergedCheck, bodyChecks } from './parts'
import { namingChecks, onceChecks } from './naming'
import { refusalChecks, handoverChecks } from './refusing'

/** One call, at most one message, and everybody has the same. */
export function sendingChecks(suite: Suite): void {
  suite.topic('Sending', (check) => {
    for (const [about, parts] of Object.entries(PARTS)) partCheck(check, about, parts)
    mergedCheck(check)
    bodyChecks(check)
    namingChecks(check)
    onceChecks(check)
    refusalChecks(check)
    handoverChecks(check)
  })
}
