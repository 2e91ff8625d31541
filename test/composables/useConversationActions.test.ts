import { afterEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { useConversationActions } from '../../src/composables'
import type { ConversationActionId } from '../../src/composables'
import type { Conversation } from '../../src/model'
import { useConversationStore, useTimelineStore } from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})
/** A real service may be slow on a busy machine; it is waited for, not measured. */
const patiently = { timeout: 10_000 }

/** Alice on two devices, with one unread message of each of these people. */
async function aliceOnTwoDevices(...peers: readonly string[]) {
  const service = createEmbeddedService({ name: 'actions', storage: 'memory' })
  for (const id of ['alice', ...peers]) await service.addUser({ id })
  const aKit = (userId: string) => {
    const kit = createChatKit({
      transport: createEmbeddedTransport({ service }),
      userId,
      cache: 'memory',
      logger: createRecordingLogger(),
    })
    endings.push(kit.dispose)
    return kit
  }
  const [phone, tablet] = [aKit('alice'), aKit('alice')]
  const ids: string[] = []
  await Promise.all([phone.online(), tablet.online()])
  for (const peer of peers) {
    const kit = aKit(peer)
    await kit.online()
    const { id } = await kit.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
    await kit.dispatch({ type: 'sendMessage', conversationId: id, parts: [{ kind: 'text', text: 'hello' }] })
    ids.push(id)
  }
  endings.push(() => service.close())
  for (const kit of [phone, tablet]) {
    for (const id of ids) await vi.waitFor(() => expect(rowOf(kit, id)?.unreadCount).toBe(1), patiently)
  }
  const { view, stop } = runInKit(phone, useConversationActions)
  endings.unshift(stop)
  const offered = () => view.actionsOf(ids).map(({ id }) => id)
  const run = async (wanted: ConversationActionId, on: readonly string[] = ids) => {
    const action = view.actionsOf(on).find(({ id }) => id === wanted)
    if (!action) throw new Error(`no ${wanted}`)
    await action.run()
  }
  return { service, phone, tablet, ids, view, offered, run }
}

function rowOf({ pinia }: ChatKit, id: string): Conversation | undefined {
  return useConversationStore(pinia).byId.get(id)
}

describe('the actions on conversations', () => {
  it('follow into the other device of the same person', async () => {
    const { phone, tablet, ids, offered, run } = await aliceOnTwoDevices('bob')
    const [id = ''] = ids
    const both = (assertion: (row: Conversation | undefined, kit: ChatKit) => void) =>
      vi.waitFor(() => [phone, tablet].forEach((kit) => assertion(rowOf(kit, id), kit)), patiently)
    expect(offered()).toEqual(['read', 'pin', 'star', 'mute', 'hide', 'clear', 'delete'])
    await run('read')
    await both((row) => expect(row?.unreadCount).toBe(0))
    await run('unread')
    await both((row) => expect(row?.isMarkedUnread).toBe(true))
    await run('read')
    await both((row) => expect(row?.isMarkedUnread).toBe(false))
    await run('pin')
    await run('star')
    await run('mute')
    await both((row) => expect(row).toMatchObject({ isPinned: true, notify: 'none', marks: ['star'] }))
    expect(offered()).toEqual(['unread', 'unpin', 'unstar', 'unmute', 'hide', 'clear', 'delete'])
    await run('unpin')
    await run('unmute')
    await both((row) => expect(row).toMatchObject({ isPinned: false, notify: 'all' }))
    for (const kit of [phone, tablet]) {
      await kit.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
    }
    await run('clear')
    await both((row, { pinia }) => {
      expect(row).toBeDefined()
      expect(row?.last).toBeUndefined()
      expect(useTimelineStore(pinia).timelineById.get(id)?.entries() ?? []).toEqual([])
    })
    await run('hide')
    await both((row) => expect(row).toBeUndefined())
  })

  it('are done for several at once, each as far as it makes sense', async () => {
    const { phone, tablet, ids, offered, run } = await aliceOnTwoDevices('bob', 'carol')
    const [first = ''] = ids
    await run('pin', [first])
    expect(offered()).toContain('pin')
    await run('pin')
    await run('read')
    await vi.waitFor(() => {
      for (const id of ids) expect(rowOf(tablet, id)).toMatchObject({ isPinned: true, unreadCount: 0 })
    }, patiently)
    expect(offered()).toContain('unpin')
    await run('delete')
    for (const kit of [phone, tablet]) {
      await vi.waitFor(() => expect(useConversationStore(kit.pinia).byId.size).toBe(0), patiently)
    }
  })

  it('read all that is unread with one question', async () => {
    const { phone, tablet, ids, run } = await aliceOnTwoDevices('bob', 'carol')
    const asked: string[] = []
    const dispatch = phone.dispatch
    const counting = {
      ...phone,
      dispatch: (intent) => (asked.push(intent.type), dispatch(intent)),
    } as ChatKit
    const { view, stop } = runInKit(counting, useConversationActions)
    await view
      .actionsOf(ids)
      .find(({ id }) => id === 'read')
      ?.run()
    expect(asked).toEqual(['markAllRead'])
    await vi.waitFor(() => {
      for (const kit of [phone, tablet]) {
        for (const id of ids) expect(rowOf(kit, id)?.unreadCount).toBe(0)
      }
    }, patiently)
    // One of several is read by itself.
    await run('unread')
    asked.length = 0
    await view
      .actionsOf(ids.slice(0, 1))
      .find(({ id }) => id === 'read')
      ?.run()
    expect(asked).toEqual(['setMarkedUnread'])
    stop()
  })

  it('say why when the backend refuses, and take back what was shown', async () => {
    const { service, phone, ids, run } = await aliceOnTwoDevices('bob')
    const [id = ''] = ids
    for (let at = 0; at < 50; at++) {
      await service.addUser({ id: `p${at}` })
      const peer = await phone.dispatch({ type: 'openConversation', target: { userId: `p${at}` } })
      await phone.dispatch({ type: 'setConversationPinned', conversationId: peer.id, isPinned: true })
    }
    await expect(run('pin')).rejects.toMatchObject({ domain: 'tencent', code: 51012 })
    await vi.waitFor(() => expect(rowOf(phone, id)?.isPinned).toBe(false), patiently)
  })

  it('ask before anything is lost for ever', async () => {
    const { view, ids } = await aliceOnTwoDevices('bob')
    const asked = view.actionsOf(ids).flatMap(({ id, question }) => (question ? [id] : []))
    expect(asked).toEqual(['clear', 'delete'])
  })

  it('are offered only where the backend can; pins are kept here where it cannot', () => {
    const { transport, goOnline, tell } = createScriptedTransport({})
    const kit = createChatKit({
      transport,
      userId: 'alice',
      cache: 'memory',
      logger: createRecordingLogger(),
    })
    const { view, stop } = runInKit(kit, useConversationActions)
    endings.push(stop, kit.dispose)
    goOnline()
    tell({ type: 'conversation.changed', conversations: [{ id: 'c', kind: 'direct', unreadCount: 1 }] })
    expect(view.actionsOf(['c']).map(({ id }) => id)).toEqual(['read', 'pin'])
    expect(view.actionsOf(['nothing'])).toEqual([])
  })
})
