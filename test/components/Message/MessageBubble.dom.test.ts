import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, shallowRef } from 'vue'
import {
  MessageBubble,
  provideOpenProfile,
  provideMessageRenderers,
  type MessageRenderers,
} from '../../../src/components/Message'
import { chatKitKey, type ChatKitContext, type TimelineRow } from '../../../src/composables'
import { en } from '../../../src/i18n'
import { ChatError, type Message, type Part } from '../../../src/model'

const kit = { locale: shallowRef(en) } as unknown as ChatKitContext

function aRow(extra: Partial<TimelineRow> = {}, message: Partial<Message> = {}): TimelineRow {
  return {
    key: 'row',
    isOwn: false,
    isRunStart: true,
    isRunEnd: true,
    isFirstUnread: false,
    message: {
      conversationId: 'c',
      keys: ['k'],
      senderId: 'lin',
      sentAt: new Date(2026, 10, 21, 14, 32).getTime(),
      delivery: 'stored',
      parts: [{ kind: 'text', text: 'Hello' }],
      ...message,
    },
    ...extra,
  }
}

function show(row: TimelineRow, renderers?: MessageRenderers, openProfile?: (id: string) => void) {
  const Host = defineComponent(() => {
    provideMessageRenderers(() => renderers)
    provideOpenProfile(() => openProfile)
    return () => h(MessageBubble, { row, senderName: 'Lin', isGroup: true })
  })
  const wrapper = mount(Host, { global: { provide: { [chatKitKey as symbol]: kit } } })
  return { wrapper, bubble: wrapper.findComponent(MessageBubble) }
}

const shown = (part: Part) => show(aRow({}, { parts: [part] })).wrapper

describe('a message', () => {
  it('is an article whose name tells sender, text, time and status', () => {
    expect(show(aRow()).wrapper.get('article').attributes('aria-label')).toBe('Lin: Hello. 14:32')
    const own = show(aRow({ isOwn: true, status: 'read', readCount: 3 })).wrapper
    expect(own.get('article').attributes('aria-label')).toBe('You: Hello. 14:32, Read by 3')
  })

  it('shows its text and nothing else in one element, as it was written', () => {
    const text = `  <b>bold</b> &amp; "two"\n lines  `
    const element = shown({ kind: 'text', text }).get('[dir=auto]')
    expect(element.element.textContent).toBe(text)
    expect(element.element.children).toHaveLength(0)
  })

  it('names the sender at the start of a run in groups, and draws the face at its end', () => {
    const middle = show(aRow({ isRunStart: false, isRunEnd: false })).wrapper
    expect(middle.text()).not.toContain('Lin')
    expect(
      show(aRow({ isRunEnd: false }))
        .wrapper.get('bdi')
        .text(),
    ).toBe('Lin')
  })

  it('opens the card of whoever sent it at a press on the face, where the app shows cards', async () => {
    const opened: string[] = []
    const { wrapper } = show(aRow(), undefined, (id) => opened.push(id))
    await wrapper.get('button[aria-label="Profile of Lin"]').trigger('click')
    expect(opened).toEqual(['lin'])
    expect(show(aRow()).wrapper.find('button').exists()).toBe(false)
    const middle = show(aRow({ isRunEnd: false }), undefined, (id) => opened.push(id))
    expect(middle.wrapper.find('button').exists()).toBe(false)
  })

  it('says what happened to one that failed, and the ways out', async () => {
    const { wrapper, bubble } = show(
      aRow({ isOwn: true, status: 'failed', error: new ChatError({ code: 1, kind: 'forbidden' }) }),
    )
    expect(wrapper.text()).toContain('Not sent · You are not allowed to do that.')
    const [retry, remove] = wrapper.findAll('button')
    expect([retry?.text(), remove?.text()]).toEqual(['Retry', 'Delete'])
    await retry?.trigger('click')
    await remove?.trigger('click')
    expect(Object.keys(bubble.emitted())).toEqual(expect.arrayContaining(['resend', 'drop']))
  })

  it('lets words be changed that the service refused, for the same once more would be in vain', async () => {
    const { wrapper, bubble } = show(
      aRow({ isOwn: true, status: 'failed', error: new ChatError({ code: 1, kind: 'content-refused' }) }),
    )
    expect(wrapper.text()).toContain('Not sent · The service refused these words.')
    expect(wrapper.findAll('button').map((button) => button.text())).toEqual(['Change it', 'Delete'])
    await wrapper.get('button').trigger('click')
    expect(Object.keys(bubble.emitted())).toContain('rewrite')
  })

  it('warns before one that may have arrived is sent again', () => {
    const { wrapper } = show(aRow({ isOwn: true, status: 'unsure' }))
    expect(wrapper.text()).toContain('It is not known whether this arrived.')
  })

  it('says in words what it cannot show, with the words the sender gave for that', () => {
    const custom = shown({ kind: 'custom', type: 'vote', data: null, fallback: 'A vote about lunch' }).text()
    expect(custom).toContain('A vote about lunch')
    expect(shown({ kind: 'unsupported', wireKind: 'x' }).text()).toContain('cannot be shown here yet')
  })

  it('shows a part with the renderer the app gave for its kind', () => {
    const Vote = defineComponent({
      props: { part: { type: Object, required: true }, row: { type: Object, required: true } },
      setup: (props) => () => h('b', `vote ${String(props.part.type)} in ${String(props.row.key)}`),
    })
    const row = aRow({}, { parts: [{ kind: 'custom', type: 'vote', data: null }] })
    expect(
      show(row, { custom: Vote as never })
        .wrapper.get('b')
        .text(),
    ).toBe('vote vote in row')
  })

  it('knows no renderer by a name that every object has', () => {
    for (const kind of ['constructor', 'toString', '__proto__']) {
      expect(shown({ kind } as unknown as Part).text()).toContain('This kind of message cannot be shown here')
    }
  })

  it('stays where a renderer throws, with the other parts around it', async () => {
    const reported: unknown[] = []
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
    const defect = new Error('broken renderer')
    const Broken = () => {
      throw defect
    }
    const parts: readonly Part[] = [
      { kind: 'custom', type: 'vote', data: null, fallback: 'A vote' },
      { kind: 'text', text: 'below' },
    ]
    const { wrapper } = show(aRow({}, { parts }), { custom: Broken })
    await nextTick()
    expect(wrapper.text()).toContain('A vote')
    expect(wrapper.text()).toContain('cannot be shown here')
    expect(wrapper.text()).toContain('below')
    expect(reported).toEqual([defect])
    vi.unstubAllGlobals()
  })

  it('shows a message whose time is no date, without a time', () => {
    for (const sentAt of [Number.NaN, 1e20]) {
      const { wrapper } = show(aRow({}, { sentAt }))
      expect(wrapper.text()).toContain('Hello')
      expect(wrapper.get('time').text()).toBe('')
      expect(wrapper.get('time').attributes('datetime')).toBeUndefined()
    }
  })

  it('tells how many have read it after the ticks, in words for those who point or listen', () => {
    const { wrapper } = show(aRow({ isOwn: true, status: 'delivered', readCount: 11 }))
    const [ticks, count] = wrapper.findAll('[role=img]')
    expect(ticks?.attributes('aria-label')).toBe('Delivered')
    expect([count?.text(), count?.attributes('title'), count?.attributes('aria-label')]).toEqual([
      '11',
      'Read by 11',
      'Read by 11',
    ])
  })

  it('is a quiet line once it was recalled', () => {
    const recalled = show(aRow({}, { recalled: { byId: 'lin' } })).wrapper
    expect(recalled.find('article').exists()).toBe(false)
    expect(recalled.text()).toBe('Lin recalled a message')
    expect(recalled.text()).not.toContain('Hello')
    expect(show(aRow({ isOwn: true }, { recalled: {} })).wrapper.text()).toBe('You recalled a message')
    expect(show(aRow({}, { recalled: { byId: 'admin' } })).wrapper.text()).toBe('A message was recalled')
  })

  it('shows a few emoji large, and only where there is nothing else', () => {
    expect(shown({ kind: 'text', text: '🎉🎉' }).get('[dir=auto]').attributes('data-emoji')).toBe('2')
    expect(shown({ kind: 'text', text: '🎉 yes' }).get('[dir=auto]').attributes('data-emoji')).toBeUndefined()
  })

  it('has a title and words on every tick', () => {
    for (const [status, words] of [
      ['queued', 'Waiting to be sent'],
      ['sending', 'Sending'],
      ['sent', 'Sent'],
      ['delivered', 'Delivered'],
      ['read', 'Read'],
    ] as const) {
      const tick = show(aRow({ isOwn: true, status })).wrapper.get('[role=img]')
      expect([tick.attributes('aria-label'), tick.attributes('title')]).toEqual([words, words])
    }
  })
})
