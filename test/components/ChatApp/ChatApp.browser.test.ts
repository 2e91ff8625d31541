import axe from 'axe-core'
import { mount, type VueWrapper } from '@vue/test-utils'
import { page, userEvent } from 'vitest/browser'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { createChatKit, type ChatKit } from '../../../src/app'
import { ChatApp } from '../../../src/components/ChatApp'
import { ChatKitProvider } from '../../../src/components/ChatKitProvider'
import {
  createEmbeddedService,
  createEmbeddedTransport,
  type EmbeddedService,
} from '../../../src/transports/embedded'
import '../../../src/styles/index.css'

const openedAt = Date.UTC(2026, 10, 20, 9, 30)
const world = {
  people: [
    { id: 'ada', name: 'Ada' },
    { id: 'bo', name: 'Bo Tanaka' },
    { id: 'lin', name: 'ياسمين سعيد' },
  ],
  friendships: [],
  groups: [
    {
      id: 'trail',
      type: 'public' as const,
      name: 'Trail',
      joining: 'closed' as const,
      createdAt: openedAt,
      members: ['ada', 'bo', 'lin'].map((userId) => ({ userId, role: 'member' as const })),
    },
  ],
  conversations: [
    {
      between: ['ada', 'bo'] as const,
      messages: [
        { senderId: 'ada', sentAt: openedAt, parts: [{ kind: 'text' as const, text: 'See you at seven' }] },
        {
          senderId: 'bo',
          sentAt: openedAt + 60_000,
          parts: [{ kind: 'text' as const, text: 'Seven it is' }],
        },
      ],
      readCounts: { ada: 1 },
    },
    {
      groupId: 'trail',
      messages: [{ senderId: 'lin', sentAt: openedAt, parts: [{ kind: 'text' as const, text: 'مرحبا' }] }],
    },
  ],
}

let open: { wrapper: VueWrapper; kit: ChatKit; service: EmbeddedService } | undefined

afterEach(async () => {
  open?.wrapper.unmount()
  await open?.kit.dispose()
  open?.service.close()
  document.documentElement.removeAttribute('style')
  document.body.replaceChildren()
  document.head.querySelector('style[data-still]')?.remove()
})

async function show(theme: 'light' | 'dark', conversation?: string) {
  await page.viewport(1000, 700)
  const still = document.createElement('style')
  still.dataset['still'] = ''
  still.textContent = '* { transition: none !important; animation: none !important }'
  document.head.append(still)
  const box = document.createElement('div')
  Object.assign(box.style, { width: '900px', height: '640px' })
  document.body.append(box)
  const service = createEmbeddedService({ name: `app-${theme}`, storage: 'memory', world })
  const kit = createChatKit({
    transport: createEmbeddedTransport({ service }),
    userId: 'ada',
    cache: 'memory',
  })
  await kit.online()
  const opened =
    conversation === undefined
      ? undefined
      : await kit.dispatch({ type: 'openConversation', target: { userId: conversation } })
  const wrapper = mount(
    { render: () => h(ChatKitProvider, { kit }, () => h(ChatApp, { theme, conversationId: opened?.id })) },
    { attachTo: box },
  )
  ;(box.firstElementChild as HTMLElement).style.height = '100%'
  open = { wrapper, kit, service }
  await vi.waitFor(() => expect(box.querySelectorAll('[role=option] .parley-title').length).toBe(2))
  return { box, find: (selector: string) => box.querySelector(selector) as HTMLElement }
}

describe.each(['light', 'dark'] as const)('the app in %s colours', (theme) => {
  it('takes the accent of the page, and one from around it', async () => {
    const { box, find } = await show(theme, 'bo')
    await vi.waitFor(() => expect(find('[data-own] .parley-bubble')).not.toBeNull())
    await userEvent.fill(find('textarea'), 'words')
    const look = () =>
      ['.parley-send', '[data-own] .parley-bubble', '[role=option][aria-selected=true]'].map(
        (selector) => getComputedStyle(find(selector)).backgroundColor,
      )
    await vi.waitFor(() => expect((find('.parley-send') as HTMLButtonElement).disabled).toBe(false))
    const own = look()
    document.documentElement.style.setProperty('--parley-accent', '#c2255c')
    const pink = look()
    box.style.setProperty('--parley-accent', '#1c7ed6')
    const blue = look()
    for (const place of own.keys()) expect(new Set([own[place], pink[place], blue[place]]).size).toBe(3)
  })
})

describe('a kit that ends while its app stands', () => {
  it('leaves nothing of the user on the screen, and says that nobody is signed in', async () => {
    const { box } = await show('light', 'bo')
    await vi.waitFor(() => expect(box.textContent).toContain('Seven it is'))
    await open!.kit.signOut()
    await vi.waitFor(() => expect(box.textContent).toContain('You are signed out'))
    expect(box.textContent).not.toMatch(/Seven|Tanaka|Trail/)
    expect(box.querySelector('textarea:not(:disabled):not([readonly])')).toBeNull()
  })
})

describe('a row of the list', () => {
  it('is named by what it shows, the title first and then what is new', async () => {
    const { box } = await show('light')
    const names = () => [...box.querySelectorAll('[role=option]')].map((option) => accessibleName(option))
    await vi.waitFor(() => expect(names()[0]).toMatch(/^Bo Tanaka, 1 unread, .*Seven it is/u))
    const found = await axe.run(box, {
      rules: { 'label-content-name-mismatch': { enabled: true } },
    })
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
})

/** The name that axe works out from the content. */
function accessibleName(element: Element): string {
  axe.setup(document.body)
  try {
    return axe.commons.text.accessibleText(element as HTMLElement).replace(/\s+/gu, ' ')
  } finally {
    axe.teardown()
  }
}

describe('Escape in the filter', () => {
  it('clears it first and does nothing else', async () => {
    const { find, box } = await show('light', 'bo')
    await vi.waitFor(() => expect(box.querySelectorAll('[role=option]').length).toBe(2))
    const input = find('input[inputmode=search]') as HTMLInputElement
    await userEvent.click(find('button[aria-label=Details]'))
    await vi.waitFor(() => expect(find('section[aria-label=Details]')).not.toBeNull())
    await userEvent.fill(input, 'tanaka')
    await vi.waitFor(() => expect(box.querySelectorAll('[role=option]').length).toBe(1))
    input.focus()
    await userEvent.keyboard('{Escape}')
    expect(input.value).toBe('')
    expect(find('section[aria-label=Details]')).not.toBeNull()
    await userEvent.keyboard('{Escape}')
    await vi.waitFor(() => expect(find('section[aria-label=Details]')).toBeNull())
  })
})

describe('F6', () => {
  it('goes from pane to pane and back, and round', async () => {
    const { find } = await show('light', 'bo')
    await vi.waitFor(() => expect(find('textarea')).not.toBeNull())
    const pane = () =>
      document.activeElement?.closest('section[aria-label], nav[aria-label]')?.getAttribute('aria-label')
    find('[role=option]').focus()
    expect(pane()).toBe('Conversations')
    await userEvent.keyboard('{F6}')
    expect(pane()).toBe('Chat')
    expect(document.activeElement).toBe(find('textarea'))
    await userEvent.keyboard('{Shift>}{F6}{/Shift}')
    expect(pane()).toBe('Conversations')
    const panes = new Set<string | null | undefined>()
    for (let step = 0; step < 4; step++) {
      await userEvent.keyboard('{F6}')
      panes.add(pane())
    }
    expect(panes).toContain('Conversations')
    expect(panes).toContain('Chat')
  })
})

describe('a conversation that is taken off the list on another device', () => {
  it('is not open any more, and does not come back because it was', async () => {
    const { box, find } = await show('light', 'bo')
    const other = createChatKit({
      transport: createEmbeddedTransport({ service: (open as NonNullable<typeof open>).service }),
      userId: 'ada',
      cache: 'memory',
    })
    await other.online()
    const { id } = await other.dispatch({ type: 'openConversation', target: { userId: 'bo' } })
    await vi.waitFor(() => expect(find('textarea')).not.toBeNull())
    await other.dispatch({ type: 'removeConversations', conversationIds: [id], withHistory: false })
    await vi.waitFor(() => expect(box.querySelectorAll('[role=option]').length).toBe(1), { timeout: 20_000 })
    await vi.waitFor(() => expect(find('textarea')).toBeNull(), { timeout: 20_000 })
    expect(box.querySelectorAll('[role=option]').length).toBe(1)
    await other.dispose()
  })
})
