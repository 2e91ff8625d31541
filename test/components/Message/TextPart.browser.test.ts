import { mount, type VueWrapper } from '@vue/test-utils'
import { userEvent } from 'vitest/browser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { createChatKit, type ChatKit } from '../../../src/app'
import { ChatKitProvider } from '../../../src/components/ChatKitProvider'
import { MessageBubble, provideContentOptions, type ContentOptions } from '../../../src/components/Message'
import type { TimelineRow } from '../../../src/composables'
import type { Message, Part } from '../../../src/model'
import { aMessage } from '../../support/builders'
import { createScriptedTransport } from '../../support/scriptedTransport'
import '../../../src/styles/index.css'

const smile =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
let kit: ChatKit
let backend: ReturnType<typeof createScriptedTransport>
let mounted: VueWrapper | undefined
let box: HTMLElement

beforeEach(() => {
  backend = createScriptedTransport({
    files: { resolve: async (file) => ({ ...file, url: smile }) },
  })
  kit = createChatKit({ transport: backend.transport, userId: 'ada', cache: 'memory' })
  backend.goOnline()
  backend.tell({
    type: 'profile.changed',
    profiles: [
      { id: 'bo', name: 'Bo Tanaka' },
      { id: 'ada', name: 'Ada' },
    ],
  })
  box = document.createElement('div')
  box.style.inlineSize = '420px'
  document.body.append(box)
})

afterEach(async () => {
  mounted?.unmount()
  await kit.dispose()
  document.body.replaceChildren()
})

async function show(message: Partial<Message>, content: ContentOptions = {}): Promise<HTMLElement> {
  const row: TimelineRow = {
    key: 'row',
    isOwn: false,
    isRunStart: true,
    isRunEnd: true,
    isFirstUnread: false,
    message: aMessage({ seq: 1, ...message }),
  }
  const Host = defineComponent(() => {
    provideContentOptions(() => content)
    return () => h(MessageBubble, { row, senderName: 'Bo' })
  })
  mounted = mount({ render: () => h(ChatKitProvider, { kit }, () => h(Host)) }, { attachTo: box })
  await nextTick()
  return box
}

const text = (words: string): readonly Part[] => [{ kind: 'text', text: words }]
const find = (selector: string) => {
  const found = box.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`no ${selector}`)
  return found
}

/** What the clipboard gets of everything in a message's text. */
function copied(): string {
  const selection = getSelection()
  selection?.selectAllChildren(find('.parley-text'))
  return selection?.toString() ?? ''
}

describe('a link in a message', () => {
  it('opens a page of its own that knows nothing of this one', async () => {
    await show({ parts: text('see https://example.com/a?b=1, please') })
    const link = find('a')
    expect([link.getAttribute('href'), link.textContent]).toEqual([
      'https://example.com/a?b=1',
      'https://example.com/a?b=1',
    ])
    expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual([
      '_blank',
      'noopener noreferrer nofollow',
    ])
    expect(find('.parley-text').textContent).toBe('see https://example.com/a?b=1, please')
  })

  it('opens no empty page for mail and telephone', async () => {
    await show({ parts: text('bo@example.com') })
    expect([find('a').getAttribute('href'), find('a').getAttribute('target')]).toEqual([
      'mailto:bo@example.com',
      null,
    ])
  })

  it('shows the real host beside one that could deceive, outside of the text', async () => {
    await show({ parts: text('https://аррӏе.com/login') })
    expect(getComputedStyle(find('a'), '::after').content).toContain('xn--80ak6aa92e.com')
    expect(copied()).toBe('https://аррӏе.com/login')
  })

  it('can be opened by the app instead', async () => {
    const opened: unknown[] = []
    await show({ parts: text('https://example.com') }, { openLink: (link) => opened.push(link) })
    await userEvent.click(find('a'))
    expect(opened).toEqual([{ url: 'https://example.com', host: 'example.com', isDeceptive: false }])
  })

  it('is one only of the schemes the app wants', async () => {
    await show({ parts: text('https://example.com tel:12345') }, { linkSchemes: ['tel'] })
    expect([...box.querySelectorAll('a')].map((link) => link.href)).toEqual(['tel:12345'])
  })
})

describe('a mention in a message', () => {
  it('stands out, and more so where it means the reader', async () => {
    await show({ parts: text('@Bo Tanaka ask @Ada'), mentions: { userIds: ['bo', 'ada'], isAll: false } })
    const marks = [...box.querySelectorAll<HTMLElement>('.parley-mention')]
    expect(marks.map(({ textContent, dataset }) => [textContent, dataset['me']])).toEqual([
      ['@Bo Tanaka', undefined],
      ['@Ada', 'true'],
    ])
  })

  it('follows the name of now, and is shown by name where the text has an id', async () => {
    await show({ parts: text('@bo and @all'), mentions: { userIds: ['bo'], isAll: true } })
    const shown = () => getComputedStyle(find('.parley-mention'), '::before').content
    expect(shown()).toBe('"@Bo Tanaka"')
    backend.tell({ type: 'profile.changed', profiles: [{ id: 'bo', name: 'Bo the Great' }] })
    await nextTick()
    expect(shown()).toBe('"@Bo the Great"')
    expect(copied()).toBe('@bo and @all')
  })
})

describe('a face', () => {
  const faces = { smile: { src: smile, label: 'Smiling', index: 7 } }

  it('is a picture in the text, and its code for who copies', async () => {
    await show({ parts: text('well [smile] done [frown]') }, { faces })
    expect(find('[role=img][aria-label=Smiling] img').getAttribute('src')).toBe(smile)
    expect(copied()).toBe('well [smile] done [frown]')
  })

  it('is found by key or number, and told by its key where nobody knows it', async () => {
    await show(
      {
        parts: [
          { kind: 'face', key: 'smile' },
          { kind: 'face', index: 7 },
          { kind: 'face', key: 'constructor' },
          { kind: 'face', index: 8 },
        ],
      },
      { faces },
    )
    const parts = [...box.querySelectorAll('[data-kind=face]')]
    expect(parts.map((part) => part.querySelector('img')?.alt ?? part.textContent)).toEqual([
      'Smiling',
      'Smiling',
      '[constructor]',
      '[Sticker 8]',
    ])
  })
})

describe('a very long text', () => {
  const long = `${'A sentence of some words. '.repeat(400)}The end.`

  it('begins with a part, which cuts no word, and can be read in full', async () => {
    await show({ parts: text(long) })
    const shown = () => find('.parley-text').textContent ?? ''
    expect(long.startsWith(shown())).toBe(true)
    expect(shown().length).toBeGreaterThan(2_800)
    expect(shown().length).toBeLessThanOrEqual(3_000)
    await userEvent.click(find('button[aria-expanded=false]'))
    expect(shown()).toBe(long)
    await userEvent.click(find('button[aria-expanded=true]'))
    expect(shown().length).toBeLessThanOrEqual(3_000)
  })

  it('is long by its lines as well', async () => {
    await show({ parts: text('a\n'.repeat(500)) })
    expect(find('.parley-text').textContent?.split('\n').length).toBeLessThanOrEqual(61)
    expect(find('button[aria-expanded]').textContent).toContain('Read more')
  })

  it('ends in no half address and in no half character', async () => {
    await show({ parts: text(`${'👨‍👩‍👧'.repeat(370)}https://example.com/${'a'.repeat(2_000)}`) })
    expect(box.querySelector('a')).toBeNull()
    expect(find('.parley-text').textContent).toMatch(/^(?:👨‍👩‍👧)+https:/u)
  })
})

describe('a picture of a stranger', () => {
  const picture: Part = {
    kind: 'image',
    file: { at: 'remote', key: 'x', name: 'x.png' },
    width: 90,
    height: 90,
  }

  it('waits for a press where the app wants it, and no longer once the sender is a contact', async () => {
    await show({ parts: [picture] }, { strangerPictures: 'on-click' })
    expect(box.querySelector('img[src]')).toBeNull()
    expect(box.textContent).toContain('You do not know the sender')
    backend.tell({ type: 'contact.changed', contacts: [{ userId: 'bob' }] })
    await expect.poll(() => box.querySelector('img[src]')).not.toBeNull()
  })

  it('comes on a press', async () => {
    await show({ parts: [picture] }, { strangerPictures: 'on-click' })
    await userEvent.click(find('button'))
    await expect.poll(() => box.querySelector('img[src]')).not.toBeNull()
  })

  it('comes at once otherwise', async () => {
    await show({ parts: [picture] })
    await expect.poll(() => box.querySelector('img[src]')).not.toBeNull()
  })
})

describe('signs that turn the line', () => {
  it('do not bring the time over the words', async () => {
    await show({ parts: text('\u202etxt.exe') })
    const range = document.createRange()
    range.selectNodeContents(find('.parley-text'))
    const words = [...range.getClientRects()].at(-1)
    expect(words?.right).toBeLessThanOrEqual(find('.parley-meta').getBoundingClientRect().left)
  })
})
