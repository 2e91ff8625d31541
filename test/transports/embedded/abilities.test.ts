import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ability } from '../../../src/core/ports'
import { isChatError } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { visit } from './visit'
import type { Visit } from './visit'

/** Every ability of the contract: the compiler fails here when one is missing. */
const ABILITIES: Readonly<Record<Ability, 'yes' | 'unsupported'>> = {
  'messages.send': 'yes',
  'messages.history': 'yes',
  'messages.find': 'yes',
  'messages.recall': 'yes',
  'messages.edit': 'yes',
  'messages.deleteForMe': 'yes',
  'messages.setReactions': 'yes',
  'messages.fetchReactions': 'yes',
  'messages.reactors': 'yes',
  'messages.setExtensions': 'yes',
  'messages.fetchExtensions': 'yes',
  'messages.acknowledge': 'unsupported',
  'messages.fetchReceipts': 'yes',
  'messages.readers': 'yes',
  'messages.setPinned': 'yes',
  'messages.pinned': 'yes',
  'messages.openMerged': 'unsupported',
  'messages.search': 'yes',
  'messages.setTyping': 'yes',
  'conversations.list': 'yes',
  'conversations.open': 'yes',
  'conversations.markRead': 'yes',
  'conversations.markAllRead': 'yes',
  'conversations.setMarkedUnread': 'yes',
  'conversations.setPinned': 'yes',
  'conversations.setNotify': 'yes',
  'conversations.remove': 'yes',
  'conversations.clearHistory': 'yes',
  'conversations.setDraft': 'unsupported',
  'conversations.setMark': 'yes',
  'conversations.folders': 'yes',
  'conversations.setFolder': 'yes',
  'profiles.fetch': 'yes',
  'profiles.updateOwn': 'yes',
  'profiles.findUsers': 'yes',
  'groups.list': 'yes',
  'groups.fetch': 'yes',
  'groups.members': 'yes',
  'groups.create': 'yes',
  'groups.join': 'yes',
  'groups.quit': 'yes',
  'groups.invite': 'yes',
  'groups.dissolve': 'yes',
  'groups.transfer': 'yes',
  'groups.update': 'yes',
  'groups.setRole': 'yes',
  'groups.setMuted': 'yes',
  'groups.updateMember': 'yes',
  'groups.kick': 'yes',
  'groups.setBanned': 'yes',
  'groups.applications': 'yes',
  'groups.answer': 'yes',
  'groups.setSaved': 'yes',
  'groups.onlineCount': 'yes',
  'groups.readAttributes': 'yes',
  'groups.writeAttributes': 'yes',
  'groups.readCounters': 'yes',
  'groups.writeCounter': 'yes',
  'groups.findGroups': 'yes',
  'contacts.list': 'yes',
  'contacts.requests': 'yes',
  'contacts.ask': 'yes',
  'contacts.answer': 'yes',
  'contacts.remove': 'yes',
  'contacts.deleteRequest': 'yes',
  'contacts.markRequestsRead': 'yes',
  'contacts.update': 'yes',
  'contacts.setFolder': 'yes',
  'contacts.blocked': 'yes',
  'contacts.setBlocked': 'yes',
  'presence.watch': 'yes',
  'presence.setOwn': 'unsupported',
  'files.upload': 'yes',
  'files.resolve': 'yes',
}

describe('What the service can do', () => {
  let service: EmbeddedService
  let alice: Visit

  beforeAll(async () => {
    service = createEmbeddedService({ storage: 'memory' })
    await service.addUser({ id: 'alice' })
    await service.addUser({ id: 'bob' })
    alice = await visit(service, 'alice')
  })
  afterAll(() => service.close())

  it.each(Object.entries(ABILITIES))('%s: %s, and the method is there exactly then', (ability, expected) => {
    const verdict = alice.transport.can(ability as Ability)
    expect(isChatError(verdict) ? verdict.kind : verdict).toBe(expected)
    const [facet, method] = ability.split('.') as ['messages', 'send']
    expect(typeof alice.transport[facet]?.[method]).toBe(expected === 'yes' ? 'function' : 'undefined')
  })

  it('depends on what is asked about', async () => {
    const { can } = alice.transport
    const { id } = await alice.openWith('bob')
    expect(can('messages.send', { conversationId: id })).toBe('yes')
    expect(can('messages.send', { conversationId: 'direct:bob:carol' })).toBe('try')
    expect(can('messages.send', { part: 'notice' })).toMatchObject({ kind: 'unsupported' })
    const { group } = await alice.transport.groups!.create({ type: 'live', name: 'live' }, [])
    const room = await alice.transport.conversations.open({ groupId: group.id })
    expect(can('messages.send', { conversationId: room.id, isMentionAll: true })).toMatchObject({
      kind: 'forbidden',
    })
    expect(can('messages.history', { conversationId: room.id, anchor: 'at' })).toMatchObject({
      kind: 'unsupported',
    })
    expect(can('messages.history', { conversationId: id, anchor: 'at' })).toBe('yes')
    expect(can('groups.members', { groupId: group.id })).toMatchObject({ kind: 'unsupported' })
    expect(can('groups.join', { groupId: 'unknown' })).toBe('try')
  })

  it.each(['toString', 'messages', 'messages.constructor', '__proto__.x', '', 'files.purposes', 5])(
    'is not confused by the ability "%s"',
    (ability) => {
      expect(alice.transport.can(ability as Ability)).toMatchObject({ name: 'ChatError' })
    },
  )

  it('has its numbers at hand', () => {
    expect(alice.transport.limits()).toMatchObject({
      messageBytes: 12_288,
      pageSize: 100,
      fileBytes: 104_857_600,
    })
  })
})
