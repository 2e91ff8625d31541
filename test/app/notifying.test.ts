import { afterEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import type { NotificationOptions } from '../../src/app'
import { noteOf } from '../../src/app/notifying/noteOf'
import { utf8ByteLength } from '../../src/core/text'
import type { NotificationNote, NotificationPermit } from '../../src/core/ports'
import { createTranslator, en } from '../../src/i18n'
import type { Conversation } from '../../src/model'
import { createTabs } from '../support/fakeTabs'
import { createFakeClock, settle } from '../support/fakeClock'
import { aMessage } from '../support/builders'
import type { MessageTraits } from '../support/builders'
import { naughtyStrings } from '../support/naughtyStrings'
import { createRecordingLogger } from '../support/recordingLogger'
import { createScriptedPlatform } from '../support/scriptedPlatform'
import { createScriptedTransport } from '../support/scriptedTransport'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

/** Alice in so many tabs; each hears what her backend tells. */
function alicesTabs(count: number, options: NotificationOptions = { hasPopups: true, hasSound: true }) {
  const clock = createFakeClock()
  const origin = createTabs(clock)
  const tabs = Array.from({ length: count }, (_, at) => {
    const shown = new Map<string, NotificationNote & { readonly click: () => void }>()
    const page = { isLookedAt: false, rings: 0, badge: 0, permit: 'granted' as NotificationPermit, told: 0 }
    const backend = createScriptedTransport({
      profiles: {
        fetch: async (ids) => ({ found: ids.map((id) => ({ id, name: id.toUpperCase() })), missing: [] }),
      },
    })
    const kit = createChatKit({
      transport: backend.transport,
      userId: 'alice',
      clock,
      cache: 'memory',
      logger: createRecordingLogger(),
      notifications: options,
      platform: {
        ...createScriptedPlatform(),
        tabs: origin.tab(`tab ${at}`),
        notifier: {
          isLookedAt: () => page.isLookedAt,
          permission: () => page.permit,
          ask: async () => (page.permit = 'granted'),
          show(note, click) {
            page.told++
            shown.set(note.name, { ...note, click })
            return () => void shown.delete(note.name)
          },
          ring: () => void page.rings++,
          setBadge: (badge) => void (page.badge = badge),
        },
      },
    })
    endings.push(kit.dispose)
    backend.goOnline()
    return { kit, backend, page, notes: () => [...shown.values()] }
  })
  const [first] = tabs
  if (!first) throw new Error('no tab')
  const everywhere = (row: Partial<Conversation>, ...messages: readonly MessageTraits[]) => {
    for (const { backend } of tabs) {
      backend.tell(
        {
          type: 'conversation.changed',
          conversations: [{ id: 'c1', kind: 'direct', peerId: 'bob', ...row }],
        },
        { type: 'message.received', messages: messages.map(aMessage), isLive: true },
      )
    }
    return clock.advance(1_000)
  }
  return { clock, tabs, first, everywhere }
}

describe('notifications', () => {
  it('say who has written what, once, whatever the number of tabs', async () => {
    const { tabs, everywhere } = alicesTabs(2)
    await everywhere({ unreadCount: 1 }, { seq: 1, text: 'Are you\n\nthere?' })
    const notes = tabs.flatMap(({ notes }) => notes())
    expect(notes).toMatchObject([{ title: 'BOB', text: 'Are you there?' }])
    expect(tabs.map(({ page }) => page.rings).sort()).toEqual([0, 1])
  })

  it('are none of the conversation in view, in whichever tab', async () => {
    const { tabs, everywhere } = alicesTabs(2)
    const [, second] = tabs
    await second?.kit.dispatch({ type: 'watchConversation', conversationId: 'c1' })
    if (second) second.page.isLookedAt = true
    await everywhere({ unreadCount: 1 }, { seq: 1 })
    expect(tabs.flatMap(({ notes }) => notes())).toEqual([])
    // Nobody looks at the page any more.
    if (second) second.page.isLookedAt = false
    await everywhere({ unreadCount: 2 }, { seq: 2 })
    expect(tabs.flatMap(({ notes }) => notes())).toHaveLength(1)
  })

  it('are none of the conversation in view where its tab hears of a message before the others', async () => {
    const { tabs, clock } = alicesTabs(2)
    const [first, second] = tabs
    await second?.kit.dispatch({ type: 'watchConversation', conversationId: 'c1' })
    if (second) second.page.isLookedAt = true
    const hear = (tab: typeof first, seq: number) =>
      tab?.backend.tell({ type: 'message.received', messages: [aMessage({ seq })], isLive: true })
    hear(second, 1)
    await clock.advance(300)
    hear(first, 1)
    await clock.advance(1_000)
    expect(tabs.flatMap(({ notes }) => notes())).toEqual([])
    // What nobody shows a moment later is told.
    hear(first, 2)
    await clock.advance(1_000)
    expect(tabs.flatMap(({ notes }) => notes())).toHaveLength(1)
  })

  it('are none of what is muted, but for what points at oneself', async () => {
    const { first, everywhere } = alicesTabs(1)
    await everywhere({ unreadCount: 1, notify: 'none' }, { seq: 1 })
    expect(first.notes()).toEqual([])
    const mentions = { userIds: ['alice'], isAll: false }
    await everywhere({ unreadCount: 2, notify: 'none' }, { seq: 2, text: '@alice now', mentions })
    expect(first.notes()).toMatchObject([{ text: '@alice now' }])
  })

  it('are none of one’s own messages, of what is caught up, and of what is read meanwhile', async () => {
    const { first, everywhere, clock } = alicesTabs(1)
    await everywhere({}, { seq: 1, senderId: 'alice' })
    first.backend.tell({ type: 'message.received', messages: [aMessage({ seq: 2 })], isLive: false })
    await clock.advance(1_000)
    const read = aMessage({ seq: 3 })
    first.backend.tell({ type: 'message.received', messages: [read], isLive: true })
    first.backend.tell({
      type: 'receipt.received',
      receipts: [
        { kind: 'upTo', conversationId: 'c1', userId: 'alice', state: 'read', point: { message: read } },
      ],
    })
    await clock.advance(1_000)
    expect(first.page.told).toBe(0)
  })

  it('go when what they tell of is read elsewhere', async () => {
    const { first, everywhere } = alicesTabs(1)
    await everywhere({ unreadCount: 1 }, { seq: 1 })
    expect(first.notes()).toHaveLength(1)
    first.backend.tell({
      type: 'conversation.changed',
      conversations: [{ id: 'c1', kind: 'direct', unreadCount: 0 }],
    })
    await settle()
    expect(first.notes()).toEqual([])
  })

  it('come while somebody goes on writing, and do not ring for each of his messages', async () => {
    const { first, clock } = alicesTabs(1)
    for (let seq = 1; seq <= 40; seq++) {
      first.backend.tell({ type: 'message.received', messages: [aMessage({ seq })], isLive: true })
      await clock.advance(250)
    }
    expect(first.page.told).toBeGreaterThan(5)
    expect(first.page.rings).toBeGreaterThan(1)
    expect(first.page.rings).toBeLessThanOrEqual(6)
  })

  it('go when what they tell of is taken back, and do not come where it is taken back at once', async () => {
    const { first, everywhere, clock } = alicesTabs(1)
    const recall = (seq: number) =>
      first.backend.tell({
        type: 'message.changed',
        changes: [{ kind: 'recalled', ref: aMessage({ seq }), byId: 'bob', isVouched: true }],
      })
    await everywhere({}, { seq: 1, text: 'oh no' })
    expect(first.notes()).toHaveLength(1)
    recall(1)
    expect(first.notes()).toEqual([])
    first.backend.tell({ type: 'message.received', messages: [aMessage({ seq: 2 })], isLive: true })
    recall(2)
    await clock.advance(1_000)
    expect(first.notes()).toEqual([])
    expect(first.page.told).toBe(1)
  })

  it('do not lay open what is hidden until it is opened', async () => {
    const { first, everywhere } = alicesTabs(1)
    await everywhere({ unreadCount: 1 }, { seq: 1, text: 'for your eyes only', burnAfterMs: 10_000 })
    expect(first.notes()).toMatchObject([{ title: 'BOB', text: 'Message that burns' }])
  })

  it('lead to the conversation by a click', async () => {
    const { first, everywhere } = alicesTabs(1)
    const opened: string[] = []
    first.kit.notifications?.onOpen((id) => opened.push(id))
    await everywhere({ unreadCount: 1 }, { seq: 1 })
    first.notes()[0]?.click()
    expect(opened).toEqual(['c1'])
    expect(first.notes()).toEqual([])
  })

  it('hide the words, or the names too, where that is wanted', async () => {
    const names = alicesTabs(1, { hasPopups: true, content: 'names' })
    await names.everywhere({ unreadCount: 1 }, { seq: 1, text: 'secret' })
    expect(names.first.notes()).toMatchObject([{ title: 'BOB', text: 'New message' }])
    const nothing = alicesTabs(1, { hasPopups: true, content: 'nothing' })
    await nothing.everywhere({ unreadCount: 1 }, { seq: 1, text: 'secret' })
    expect(nothing.first.notes()).toMatchObject([{ title: 'New message', text: '' }])
  })

  it('wait for the person to allow them', async () => {
    const { first, everywhere } = alicesTabs(1, { hasPopups: true })
    first.page.permit = 'unasked'
    await everywhere({ unreadCount: 1 }, { seq: 1 })
    expect(first.page.told).toBe(0)
    await first.kit.notifications?.ask()
    expect(first.kit.notifications?.permit.value).toBe('granted')
    await everywhere({ unreadCount: 2 }, { seq: 2 })
    expect(first.page.told).toBe(1)
  })

  it('count beside the title what is unread and not muted, or all of it', async () => {
    const rows = (kit: ReturnType<typeof alicesTabs>) => {
      kit.first.backend.tell({
        type: 'conversation.changed',
        conversations: [
          { id: 'c1', kind: 'direct', unreadCount: 3 },
          { id: 'c2', kind: 'group', unreadCount: 4, notify: 'none' },
          { id: 'c3', kind: 'direct', isMarkedUnread: true },
        ],
      })
      return settle()
    }
    const some = alicesTabs(1, { hasBadge: true })
    await rows(some)
    expect(some.first.page.badge).toBe(4)
    const all = alicesTabs(1, { hasBadge: true, countsMuted: true })
    await rows(all)
    expect(all.first.page.badge).toBe(8)
    await all.first.kit.dispose()
    expect(all.first.page.badge).toBe(0)
  })

  it('stay short, on one line and sound, whatever people are called and write', () => {
    const translator = createTranslator(en)
    for (const { text } of naughtyStrings) {
      const message = aMessage({ seq: 1, text: text.repeat(40) })
      const note = noteOf(translator, message, { title: text, isDirect: false, nameOf: () => text }, 'words')
      for (const words of [note.title, note.text]) {
        expect(words).not.toMatch(/\p{Surrogate}/u)
        // Control characters are what this line looks for.
        // eslint-disable-next-line no-control-regex
        expect(words).not.toMatch(/[\u0000-\u001f\u007f]/u)
      }
      expect(utf8ByteLength(note.title) + utf8ByteLength(note.text)).toBeLessThanOrEqual(1024)
    }
  })
})
