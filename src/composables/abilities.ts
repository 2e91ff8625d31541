import type { Ability } from '../core/ports'
import type { AbilityScope } from '../model'
import type { ChatKitContext } from './kitContext'

/** Whether a screen or a button for this makes sense here at all, now or once there is a connection. */
export function isOffered(kit: ChatKitContext, ability: Ability, scope?: AbilityScope): boolean {
  const verdict = kit.can(ability, scope)
  return typeof verdict === 'string' || !['unsupported', 'not-in-plan', 'forbidden'].includes(verdict.kind)
}
