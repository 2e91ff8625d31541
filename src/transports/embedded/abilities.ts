import type { Ability, Facets } from '../../core/ports'
import type { AbilityScope, ChatErrorShape, Verdict } from '../../model'
import { joinRefusal, quitRefusal } from './groupDoors'
import type { Knowledge } from './knowledge'
import { messageVerdict } from './messageVerdict'
import type { Viewer } from './messageVerdict'
import { refusals } from './refusals'

/** What is done with one message, so that it matters which. */
const ON_MESSAGES: ReadonlySet<Ability> = new Set([
  'messages.recall',
  'messages.edit',
  'messages.deleteForMe',
  'messages.setReactions',
])

/** What this moment allows, from what the transport has heard; 'try' where it has heard nothing. */
export function verdictOf(
  facets: Facets,
  knowledge: Knowledge,
  ability: Ability,
  scope: AbilityScope = {},
  viewer: Viewer,
): Verdict {
  if (!exists(facets, ability)) return refusals.unsupported()
  if (ability === 'messages.send') return sendVerdict(knowledge, scope)
  if (ability === 'messages.history') return historyVerdict(knowledge, scope)
  if (ON_MESSAGES.has(ability) && scope.message) {
    return messageVerdict(knowledge, ability, scope.message, viewer)
  }
  if (ability.startsWith('groups.') && scope.groupId !== undefined) {
    return groupVerdict(knowledge, ability, scope.groupId)
  }
  if (scope.conversationId !== undefined && !knowledge.conversation(scope.conversationId)) return 'try'
  return 'yes'
}

function exists(facets: Facets, ability: Ability): boolean {
  const [facet = '', method = ''] = ability.split('.')
  if (!Object.hasOwn(facets, facet)) return false
  const methods = facets[facet as keyof Facets] as Readonly<Record<string, unknown>> | undefined
  return methods !== undefined && Object.hasOwn(methods, method) && typeof methods[method] === 'function'
}

function sendVerdict(knowledge: Knowledge, scope: AbilityScope): Verdict {
  const { conversationId, part, isMentionAll } = scope
  if (part === 'notice' || part === 'unsupported') return refusals.unsupported()
  if (conversationId === undefined) return 'yes'
  const conversation = knowledge.conversation(conversationId)
  if (!conversation) return 'try'
  if (!isMentionAll) return 'yes'
  if (conversation.kind === 'live') return refusals.noMentionAll()
  if (conversation.groupId === undefined) return 'yes'
  const group = knowledge.group(conversation.groupId)
  if (!group) return 'try'
  return group.type === 'community' ? refusals.noMentionAll() : 'yes'
}

function historyVerdict(knowledge: Knowledge, { conversationId, anchor }: AbilityScope): Verdict {
  if (conversationId === undefined) return 'yes'
  const conversation = knowledge.conversation(conversationId)
  if (!conversation) return 'try'
  // A live room keeps nothing, so there is no place in it to go to.
  return anchor !== undefined && conversation.kind === 'live' ? refusals.unsupported() : 'yes'
}

function groupVerdict(knowledge: Knowledge, ability: Ability, groupId: string): Verdict {
  if (ability === 'groups.fetch' || ability === 'groups.list' || ability === 'groups.create') return 'yes'
  const group = knowledge.group(groupId)
  if (!group) return 'try'
  if (group.state === 'dissolved') return refusals.noSuchGroup()
  if (ability === 'groups.join') {
    return verdict(group.me ? refusals.alreadyMember() : joinRefusal(group))
  }
  if (!group.me) return refusals.notAMember()
  if (ability === 'groups.quit') return verdict(quitRefusal(group.type, group.me.role))
  return group.type === 'live' ? refusals.unsupported() : 'yes'
}

function verdict(refusal: ChatErrorShape | undefined): Verdict {
  return refusal ?? 'yes'
}
