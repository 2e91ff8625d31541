import { mount, type VueWrapper } from '@vue/test-utils'
import { page } from 'vitest/browser'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { h, nextTick, shallowRef } from 'vue'
import { createChatKit, type ChatKit } from '../../src/app'
import { ChatKitProvider } from '../../src/components/ChatKitProvider'
import { ChatPanel } from '../../src/components/ChatPanel'
import { ConversationDetails } from '../../src/components/ConversationDetails'
import { ConversationList } from '../../src/components/ConversationList'
import QuoteBlock from '../../src/components/Message/QuoteBlock.vue'
import FoundWords from '../../src/components/FoundWords/FoundWords.vue'
import TimelineAnnouncer from '../../src/components/Timeline/TimelineAnnouncer.vue'
import type { TimelineRow } from '../../src/composables'
import { normaliseText, truncateToBytes, truncateToUnits } from '../../src/core/text'
import type { Conversation, Message, Part, TransportEvent } from '../../src/model'
import { naughtyStrings } from '../support/naughtyStrings'
import { createScriptedTransport } from '../support/scriptedTransport'
import { holdStrictPolicy, type PolicyReports } from '../support/strictPolicy'
import '../../src/styles/index.css'

/** A place of the interface where a string of other people is shown. */
interface Surface {
  readonly name: string
  /** Where it is shown. */
  readonly find: () => Element | null | undefined
  /** What stands there for a string: the string itself unless said otherwise. */
  readonly expected?: (text: string) => string
}

const sentAt = Date.UTC(2026, 10, 20, 9, 30)
const ids = ['ann', 'eve', 'bob', 'rem', 'cas'] as const
let box: HTMLElement
let wrapper: VueWrapper
let kit: ChatKit
let reports: PolicyReports
const backend = createScriptedTransport({
  conversations: { open: async () => ({ id: 'c:eve', kind: 'direct', peerId: 'eve' }) },
  groups: { members: async () => ({ items: [{ userId: 'eve', role: 'owner', joinedAt: sentAt }] }) },
})

const all = (selector: string) => [...box.querySelectorAll(selector)]
const row = (place: number) => all('[role=option]')[place]
const parts = () => all('.parley-part')

/** What the kit shows of a name: longer ones are cut. */
const asName = (text: string) => (text.length <= 1_000 ? text : truncateToBytes(text.slice(0, 1_000), 1_000))
/** What one line has room for. */
const asLine = (text: string) => truncateToUnits(text, 1_000).replace(/\s+/gu, ' ').trim()
const withoutIsolates = (text: string) => text.replace(/[\u2066-\u2069]/gu, '')

/** To put a further surface under test, name it here and feed it in `put`. */
const surfaces: readonly Surface[] = [
  { name: 'name in the list', find: () => row(1)?.querySelector('.parley-title'), expected: asName },
  { name: 'name in the header', find: () => box.querySelector('header h2 bdi'), expected: asName },
  { name: 'remark', find: () => row(3)?.querySelector('.parley-title'), expected: asName },
  { name: 'group name', find: () => row(4)?.querySelector('.parley-title'), expected: asName },
  {
    name: 'group name in the details',
    find: () => box.querySelector('.parley-details h2'),
    expected: asName,
  },
  {
    name: 'announcement',
    find: () => all('.parley-details .parley-text').find((one) => one.closest('section')),
  },
  { name: 'name card', find: () => box.querySelector('.parley-details li bdi'), expected: asName },
  { name: 'message', find: () => parts()[0]?.querySelector('.parley-text'), expected: normaliseText },
  {
    name: 'mention',
    find: () => parts()[1]?.querySelector('.parley-text'),
    expected: (text) => normaliseText(`@${asName(text)} hi`),
  },
  {
    name: 'file name',
    find: () => parts()[2]?.querySelector('.parley-name'),
    // Its end says what kind of file it is: nothing turns it round or pushes it out of sight.
    expected: (text) =>
      asName(text)
        .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
        .replace(/\s{3,}/gu, ' '),
  },
  { name: 'place', find: () => parts()[4]?.querySelector('.parley-title'), expected: asName },
  {
    name: 'title of a chat history',
    find: () => parts()[5]?.querySelector('.parley-title'),
    expected: asName,
  },
  {
    name: 'line of a chat history',
    find: () => parts()[5]?.querySelector('.parley-words'),
  },
  {
    name: 'words of a kind that is not known',
    find: () => parts()[3]?.querySelector('.parley-fallback'),
  },
  {
    name: 'preview',
    find: () => row(2)?.querySelector('.parley-preview bdi'),
    expected: (text) => asLine(normaliseText(text)),
  },
  {
    name: 'found message',
    find: () => box.querySelector('.found-here .parley-words'),
    expected: (text) => text.slice(0, 300),
  },
  { name: 'name beside a quote', find: () => box.querySelector('.found-here .parley-name') },
  { name: 'quote', find: () => box.querySelector('.found-here .parley-text') },
]

/** What search and quotes show, which come from no event. */
const current = shallowRef('A usual string')

function conversation(id: string, place: number, last: readonly Part[]): Conversation {
  return {
    id: `c:${id}`,
    kind: 'direct',
    peerId: id,
    unreadCount: 0,
    last: lastOf(id, place, last),
  }
}

function lastOf(id: string, place: number, parts: readonly Part[]) {
  return {
    conversationId: `c:${id}`,
    keys: [`last:${id}`],
    sentAt: sentAt - place * 60_000,
    senderId: id,
    parts,
  }
}

const known: Message = {
  conversationId: 'c:eve',
  keys: ['m:1'],
  order: { major: 1 },
  senderId: 'eve',
  sentAt: sentAt - 60_000,
  delivery: 'stored',
  parts: [],
}
let revision = 0

/** Feeds a string to every surface. */
function put(text: string): void {
  const words: Part = { kind: 'text', text }
  current.value = text
  const events: TransportEvent[] = [
    { type: 'profile.changed', profiles: [{ id: 'eve', name: text }] },
    { type: 'contact.changed', contacts: [{ userId: 'rem', remark: text }] },
    { type: 'group.changed', groups: [{ id: 'club', name: text, announcement: text }] },
    { type: 'member.changed', groupId: 'club', members: [{ userId: 'eve', role: 'owner', nameCard: text }] },
    { type: 'conversation.changed', conversations: [conversation('bob', 2, [words])] },
    {
      type: 'message.changed',
      changes: [
        {
          kind: 'edited',
          ref: known,
          isVouched: true,
          revision: ++revision,
          body: {
            parts: [
              words,
              { kind: 'text', text: `@${asName(text)} hi` },
              { kind: 'file', file: { at: 'remote', key: 'f', name: text } },
              { kind: 'unsupported', wireKind: 'x', fallback: text },
              { kind: 'location', latitude: 1, longitude: 2, label: text },
              { kind: 'merged', title: text, abstracts: [text] },
            ],
            mentions: { userIds: ['eve'], isAll: false },
          },
        },
      ],
    },
  ]
  backend.tell(...events)
}

/** What must stay where it is whatever stands beside it. */
function neighbours() {
  const rects = [
    ...[0, 2].map((place) => row(place)),
    ...all('.parley-composer, header, [role=log], .parley-panel, .parley-conversations, .parley-details'),
  ]
  return rects.map((element) => {
    const { x, y, width, height } = (element as Element).getBoundingClientRect()
    return [x, y, width, height].map(Math.round)
  })
}

beforeAll(async () => {
  await page.viewport(1280, 800)
  box = document.createElement('div')
  Object.assign(box.style, {
    width: '1240px',
    height: '760px',
  })
  document.body.append(box)
  reports = holdStrictPolicy()
  kit = createChatKit({ transport: backend.transport, userId: 'ada', cache: 'memory' })
  backend.goOnline()
  backend.tell(
    {
      type: 'conversation.changed',
      conversations: [
        ...ids.slice(0, 4).map((id, place) => conversation(id, place, [{ kind: 'text', text: 'Hello' }])),
        { id: 'c:club', kind: 'group', groupId: 'club', unreadCount: 0, last: lastOf('club', 4, []) },
        conversation('cas', 5, []),
      ],
    },
    { type: 'profile.changed', profiles: ids.map((id) => ({ id, name: `The ${id}` })) },
    { type: 'group.changed', groups: [{ id: 'club', type: 'public', state: 'joined' }] },
    { type: 'message.received', messages: [known], isLive: true },
  )
  wrapper = mount(
    {
      render: () =>
        h(ChatKitProvider, { kit }, () => [
          h(ConversationList, { selected: 'c:eve' }),
          h(ChatPanel, { conversationId: 'c:eve' }),
          h(ConversationDetails, { conversationId: 'c:club' }),
          h('div', { class: 'found-here', style: { position: 'absolute', inlineSize: '280px' } }, [
            h(FoundWords, { text: current.value, words: 'never written' }),
            h(QuoteBlock, { name: current.value, text: current.value, isLink: true }),
          ]),
        ]),
    },
    { attachTo: box },
  )
  Object.assign((box.firstElementChild as HTMLElement).style, {
    display: 'grid',
    gridTemplateColumns: '300px minmax(0, 1fr) 300px',
    height: '760px',
  })
  put('A usual string')
  await vi.waitFor(() => expect(all('[role=option]').length).toBe(6))
  // Members are heard of once somebody looks at the group.
  put('A usual string')
})

afterAll(async () => {
  wrapper.unmount()
  await kit.dispose()
  box.remove()
})

describe('strings that try to be more', () => {
  it('are many and of many kinds', () => {
    expect(naughtyStrings.length).toBeGreaterThanOrEqual(500)
    expect(new Set(naughtyStrings.map(({ family }) => family)).size).toBeGreaterThanOrEqual(15)
  })

  it('are shown as what they are, wherever they are shown', async () => {
    await vi.waitFor(() => expectShown('A usual string'))
    const usual = neighbours()
    for (const { text } of naughtyStrings) {
      put(text)
      await vi.waitFor(() => expectShown(text), { interval: 5 })
      expect({ text, moved: neighbours() }).toEqual({ text, moved: usual })
      expect([text, ...strangeElements()]).toEqual([text])
      expect({ text, ...reports }).toEqual({ text, refused: [], ran: [] })
    }
  }, 120_000)

  it('are looked for as what they are', async () => {
    put('A usual string')
    const input = box.querySelector('input')
    if (!input) throw new Error('no search')
    const toldOf = new Set<string>()
    for (const { text, family } of naughtyStrings) {
      input.value = text
      input.dispatchEvent(new Event('input'))
      await nextTick()
      // A field of one line has no line ends.
      expect([text, input.value]).toEqual([text, text.replace(/[\r\n]/gu, '')])
      const query = input.value.trim()
      // Everything is looked through a moment later: one of each family waits for what is said then.
      if (query !== '' && !toldOf.has(family)) {
        toldOf.add(family)
        const words = withoutIsolates(`Nothing was found for “${query}”.`)
        await vi.waitFor(() => {
          if (all('[role=option]').length > 0) return
          expect(withoutIsolates(box.querySelector('.parley-nothing')?.textContent ?? '')).toBe(words)
        }, 10_000)
      }
      expect([text, ...strangeElements()]).toEqual([text])
    }
    expect(toldOf.size).toBeGreaterThanOrEqual(15)
    input.value = ''
    input.dispatchEvent(new Event('input'))
    expect(reports).toEqual({ refused: [], ran: [] })
  }, 60_000)
})

describe('what is read out of a new message', () => {
  it('is what it is', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const told = document.createElement('div')
    box.append(told)
    const arrived = shallowRef<readonly TimelineRow[]>([])
    const announcer = mount(
      { render: () => h(ChatKitProvider, { kit }, () => h(TimelineAnnouncer, { arrived: arrived.value })) },
      { attachTo: told },
    )
    for (const { text } of naughtyStrings) {
      backend.tell({ type: 'profile.changed', profiles: [{ id: 'eve', name: text }] })
      const parts = [{ kind: 'text', text: normaliseText(text) } as const]
      const key = text
      arrived.value = [
        {
          key,
          message: { ...known, parts },
          isOwn: false,
          isRunStart: true,
          isRunEnd: true,
          isFirstUnread: false,
        },
      ]
      await nextTick()
      vi.advanceTimersByTime(1_000)
      await nextTick()
      const words = `${asName(text)}: ${asLine(normaliseText(text))}`
      expect(withoutIsolates(told.querySelector('[role=status]')?.textContent ?? '')).toBe(
        withoutIsolates(words),
      )
    }
    vi.useRealTimers()
    announcer.unmount()
    told.remove()
    expect(reports).toEqual({ refused: [], ran: [] })
  })
})

describe('the policy', () => {
  it('holds: a handler or a script made of a string is refused', () => {
    const button = document.createElement('button')
    expect(() => button.setAttribute('onclick', 'run()')).toThrow('TrustedScript')
    expect(() => (document.createElement('script').text = 'run()')).toThrow('TrustedScript')
    button.click()
    expect(reports.ran).toEqual([])
  })
})

function expectShown(text: string): void {
  for (const { name, find, expected = (same: string) => same } of surfaces) {
    expect({ name, text, shown: withoutIsolates(find()?.textContent ?? 'not there') }).toEqual({
      name,
      text,
      shown: withoutIsolates(expected(text)),
    })
  }
}

/** Whatever no interface of ours has: elements that run or load, handlers in attributes, links that lead elsewhere. */
function strangeElements(): readonly string[] {
  const never = 'script,iframe,object,embed,base,meta,link,style,form,template,marquee,math,video,dialog'
  const strange = all('*').filter(
    (element) =>
      element.matches(never) ||
      element.getAttributeNames().some((name) => name.startsWith('on')) ||
      (element instanceof HTMLImageElement && !element.src.startsWith('blob:')) ||
      (element instanceof HTMLAnchorElement && !isHarmless(element)),
  )
  return strange.map((element) => `<${element.localName} ${element.getAttributeNames().join(' ')}>`)
}

function isHarmless({ href, rel }: HTMLAnchorElement): boolean {
  return /^(?:https?:|mailto:|tel:)/u.test(href) && rel === 'noopener noreferrer nofollow'
}
