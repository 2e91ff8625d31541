import { it } from 'vitest'
import { furnish } from '../../../demo/servers/furnish'
import { openXmppKit, textOf } from '../../support/xmppKit'
import { useConversationStore, useReceiptStore, useGroupStore } from '../../../src/stores'
import { startXmppServer } from '../../support/xmppServers'
it.each(['prosody','ejabberd'] as const)('x %s', async (name) => {
  const log = (...a: unknown[]) => void process.stderr.write(a.map((x) => typeof x === 'string' ? x : JSON.stringify(x)).join(' ') + '\n')
  const server = await startXmppServer(name)
  await furnish(server, [{ userId: 'alice', name: 'Alice' }, { userId: 'bob', name: 'Bob' }])
  try {
    const a = openXmppKit(server, 'alice')
    const b = openXmppKit(server, 'bob')
    await a.kit.online()
    await b.kit.online()
    await new Promise((r) => setTimeout(r, 2000))
    const room = `room:review@${server.roomsDomain}`
    for (const k of [a, b]) log(name, k.userId, k.kit.can('messages.send', { conversationId: room }))
    log([...useConversationStore(b.kit.pinia).byId.values()])
    const da = 'user:alice@parley.test', db = 'user:bob@parley.test'
    const ms = await b.loadAll(da)
    log(ms.map(textOf), b.unreadCount(da))
    await b.kit.dispatch({ type: 'markRead', conversationId: da, upTo: ms.at(-1)! })
    log('after read', b.unreadCount(da))
    await a.write(db, 'one')
    await new Promise((r) => setTimeout(r, 1000))
    log('after write', b.unreadCount(da), b.messages(da).map(textOf))
    await b.loadAll(room)
    await a.write(db, 'two')
    await new Promise((r) => setTimeout(r, 1000))
    log('after write', b.unreadCount(da), b.messages(da).map(textOf))
    log([...useConversationStore(b.kit.pinia).byId.values()].map((c) => [c.id, c.unreadCount]))
    log([...useReceiptStore(b.kit.pinia).marksById.get(da)!].map((c) => c))
    await a.dispose(); await b.dispose()
  } finally { await server.close() }
}, 60000)
