import type { Ability, Transport } from '../../core/ports'

/** Every method of every facet. The compiler sees to it that none is left out. */
const KNOWN: Readonly<Record<Ability, true>> = {
  'messages.send': true,
  'messages.history': true,
  'messages.find': true,
  'messages.recall': true,
  'messages.edit': true,
  'messages.deleteForMe': true,
  'messages.setReactions': true,
  'messages.fetchReactions': true,
  'messages.reactors': true,
  'messages.setExtensions': true,
  'messages.fetchExtensions': true,
  'messages.acknowledge': true,
  'messages.fetchReceipts': true,
  'messages.readers': true,
  'messages.setPinned': true,
  'messages.pinned': true,
  'messages.openMerged': true,
  'messages.search': true,
  'messages.setTyping': true,
  'conversations.list': true,
  'conversations.open': true,
  'conversations.markRead': true,
  'conversations.markAllRead': true,
  'conversations.setMarkedUnread': true,
  'conversations.setPinned': true,
  'conversations.setNotify': true,
  'conversations.remove': true,
  'conversations.clearHistory': true,
  'conversations.setDraft': true,
  'conversations.setMark': true,
  'conversations.folders': true,
  'conversations.setFolder': true,
  'profiles.fetch': true,
  'profiles.updateOwn': true,
  'profiles.findUsers': true,
  'groups.list': true,
  'groups.fetch': true,
  'groups.members': true,
  'groups.create': true,
  'groups.join': true,
  'groups.quit': true,
  'groups.invite': true,
  'groups.dissolve': true,
  'groups.transfer': true,
  'groups.update': true,
  'groups.setRole': true,
  'groups.setMuted': true,
  'groups.updateMember': true,
  'groups.kick': true,
  'groups.setBanned': true,
  'groups.applications': true,
  'groups.answer': true,
  'groups.setSaved': true,
  'groups.onlineCount': true,
  'groups.readAttributes': true,
  'groups.writeAttributes': true,
  'groups.readCounters': true,
  'groups.writeCounter': true,
  'groups.findGroups': true,
  'contacts.list': true,
  'contacts.requests': true,
  'contacts.ask': true,
  'contacts.answer': true,
  'contacts.remove': true,
  'contacts.deleteRequest': true,
  'contacts.markRequestsRead': true,
  'contacts.update': true,
  'contacts.setFolder': true,
  'contacts.blocked': true,
  'contacts.setBlocked': true,
  'presence.watch': true,
  'presence.setOwn': true,
  'files.upload': true,
  'files.resolve': true,
}

/** Every method of every facet, by name. */
export const ABILITIES = Object.keys(KNOWN) as readonly Ability[]

/** The facets every transport has to have, whole. */
export const REQUIRED: readonly Ability[] = [
  'messages.send',
  'messages.history',
  'messages.find',
  'conversations.list',
  'conversations.open',
]

/** The method behind an ability, ready to be called; undefined where the transport has none. */
export function methodOf(
  transport: Transport,
  ability: Ability,
): ((...args: readonly unknown[]) => unknown) | undefined {
  const [facetName, methodName] = ability.split('.') as [keyof Transport, string]
  const facet = transport[facetName] as Readonly<Record<string, unknown>> | undefined
  const method = facet?.[methodName]
  if (typeof method !== 'function') return undefined
  return (...args) => Reflect.apply(method, facet, args) as unknown
}
