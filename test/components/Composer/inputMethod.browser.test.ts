import { mount } from '@vue/test-utils'
import { cdp } from 'vitest/browser'
import { describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { Composer } from '../../../src/components/Composer'
import { chatKitKey, type ChatKitContext } from '../../../src/composables'
import { en } from '../../../src/i18n'

const kit = { locale: shallowRef(en) } as unknown as ChatKitContext

function open() {
  const wrapper = mount(Composer, {
    attachTo: document.body,
    props: {
      text: '',
      attachments: [],
      canSend: true,
      'onUpdate:text': (text: string) => void wrapper.setProps({ text }),
    },
    global: { provide: { [chatKitKey as symbol]: kit } },
  })
  const field = wrapper.get('textarea').element
  field.focus()
  return { wrapper, field }
}

const compose = (text: string) =>
  cdp().send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
const commit = (text: string) => cdp().send('Input.insertText', { text })
const press = (key: string, windowsVirtualKeyCode: number, text = '') =>
  cdp().send('Input.dispatchKeyEvent', { type: 'keyDown', key, windowsVirtualKeyCode, text })

describe('an input method of the system', () => {
  it('composes in the field as the browser really does, and Enter sends afterwards', async () => {
    const { wrapper, field } = open()
    for (const text of ['n', 'ni', 'ni h', 'ni hao']) await compose(text)
    await vi.waitFor(() => expect(field.value).toBe('ni hao'))
    await press('Process', 229)
    expect(wrapper.emitted('send')).toBeUndefined()
    await commit('你好')
    await vi.waitFor(() => expect(wrapper.props('text')).toBe('你好'))
    // Right after the end a key may still be the input method's own.
    await vi.waitFor(async () => {
      await press('Enter', 13, '\r')
      expect(wrapper.emitted('send')).toHaveLength(1)
    })
    expect(field.value).toBe('你好')
    wrapper.unmount()
  })

  it('goes on composing though what is written is kept at every step', async () => {
    const { wrapper, field } = open()
    await compose('ㅎ')
    await compose('하')
    await compose('한')
    await vi.waitFor(() => expect(wrapper.props('text')).toBe('한'))
    await commit('한')
    await compose('ㄱ')
    await compose('그')
    await commit('글')
    await vi.waitFor(() => expect(wrapper.props('text')).toBe('한글'))
    expect(field.value).toBe('한글')
    wrapper.unmount()
  })
})
