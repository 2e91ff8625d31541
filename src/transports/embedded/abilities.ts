import { groupRights, groupRules, invitationOf } from '../../core/groups'
import type { GroupPowers } from '../../core/groups'
import type { Ability, Facets } from '../../core/ports'
import type { AbilityScope, ChatErrorShape, UserId, Verdict } from '../../model'
import { banAt } from './admission'
import { joinRefusal, quitRefusal } from './groupDoors'
import type { Knowledge } from './knowledge'
import { messageVerdict } from './messageVerdict'
import type { Viewer } from './messageVerdict'
import { refusals } from './refusals'
import { voiceRefusal } from './voice'

/** What is done with one message, so that it matters which. */
const ON_MESSAGES: ReadonlySet<Ability> = new Set([
  'messages.recall',
  'messages.edit',
  'messages.deleteForMe',
  'messages.setReactions',
  'messages.setExtensions',
  'messages.setPinned',
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
  if (ability === 'messages.send') return sendVerdict(knowledge, scope, viewer)
  if (ability === 'messages.history') return historyVerdict(knowledge, scope)
  if (ability === 'messages.readers') return readersVerdict(knowledge, scope)
  if (ON_MESSAGES.has(ability) && scope.message) {
    return messageVerdict(knowledge, ability, scope.message, viewer)
  }
  if (ability.startsWith('groups.') && scope.groupId !== undefined) {
    return groupVerdict(knowledge, ability, scope.groupId, scope.userId ?? viewer.userId, viewer)
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

function sendVerdict(knowledge: Knowledge, scope: AbilityScope, { at }: Viewer): Verdict {
  const { conversationId, part, isMentionAll } = scope
  if (part === 'notice' || part === 'unsupported') return refusals.unsupported()
  if (conversationId === undefined) return 'yes'
  const conversation = knowledge.conversation(conversationId)
  if (!conversation) return 'try'
  if (conversation.groupId === undefined) return 'yes'
  const group = knowledge.group(conversation.groupId)
  if (!group) return isMentionAll ? 'try' : 'yes'
  const refusal = group.me && voiceRefusal(group, group.me, at)
  if (refusal) return refusal
  // It is the same for all who can write.
  const { canMentionAll } = groupRights(group.type, 'member')
  return isMentionAll && !canMentionAll ? refusals.noMentionAll() : 'yes'
}

function historyVerdict(knowledge: Knowledge, { conversationId, anchor }: AbilityScope): Verdict {
  if (conversationId === undefined) return 'yes'
  const conversation = knowledge.conversation(conversationId)
  if (!conversation) return 'try'
  // A live room keeps nothing, so there is no place in it to go to.
  return anchor !== undefined && conversation.kind === 'live' ? refusals.unsupported() : 'yes'
}

/** Groups of some types tell nobody who has read. */
function readersVerdict(knowledge: Knowledge, { conversationId, message }: AbilityScope): Verdict {
  const id = conversationId ?? message?.conversationId
  if (id === undefined) return 'yes'
  const conversation = knowledge.conversation(id)
  if (!conversation) return 'try'
  if (conversation.groupId === undefined) return 'yes'
  const group = knowledge.group(conversation.groupId)
  if (!group) return 'try'
  return groupRules(group.type).hasReceipts ? 'yes' : refusals.unsupported()
}

/** Which right decides. */
const POWERS: { readonly [A in Ability]?: readonly (keyof GroupPowers)[] } = {
  'groups.dissolve': ['canDissolve'],
  'groups.transfer': ['canTransfer'],
  'groups.update': ['canEditProfile', 'canEditSettings', 'canMuteAll'],
  'groups.setRole': ['canSetAdmins'],
  'groups.setMuted': ['canMute'],
  'groups.writeAttributes': ['canEditProfile'],
  'groups.kick': ['canKick'],
  'groups.setBanned': ['canKick'],
  'groups.applications': ['canApprove'],
  'groups.answer': ['canApprove'],
}
const ALWAYS: ReadonlySet<Ability> = new Set(['groups.fetch', 'groups.list', 'groups.create'])

function groupVerdict(
  knowledge: Knowledge,
  ability: Ability,
  groupId: string,
  userId: UserId | undefined,
  viewer: Viewer,
): Verdict {
  if (ALWAYS.has(ability)) return 'yes'
  const group = knowledge.group(groupId)
  if (!group) return 'try'
  if (group.state === 'dissolved') return refusals.noSuchGroup()
  if (ability === 'groups.join') {
    if (group.me) return refusals.alreadyMember()
    const until = banAt(group, viewer.at)
    if (until !== undefined) return refusals.bannedFromGroup(until)
    const isFull = (group.memberCount ?? 0) >= groupRules(group.type).seats
    return verdict(joinRefusal(group) ?? (isFull ? refusals.groupFull() : undefined))
  }
  if (!group.me) return refusals.notAMember()
  const { role } = group.me
  const rights = groupRights(group.type, role)
  if (ability === 'groups.quit') return verdict(quitRefusal(group.type, role))
  if (ability === 'groups.members') return rights.hasMemberList ? 'yes' : refusals.unsupported()
  if (ability === 'groups.invite') {
    return invitationOf(group, role) === 'closed' ? refusals.noRight() : 'yes'
  }
  if (ability === 'groups.updateMember' && userId !== viewer.userId && !rights.canKick) {
    return refusals.noRight()
  }
  const powers = POWERS[ability]
  return !powers || powers.some((power) => rights[power]) ? 'yes' : refusals.noRight()
}

function verdict(refusal: ChatErrorShape | undefined): Verdict {
  return refusal ?? 'yes'
}
