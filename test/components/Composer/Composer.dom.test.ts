import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { Composer } from '../../../src/components/Composer'
import { chatKitKey, type ChatKitContext } from '../../../src/composables'
import { en } from '../../../src/i18n'

const kit = { locale: shallowRef(en) } as unknown as ChatKitContext

function open(props: Partial<InstanceType<typeof Composer>['$props']> = {}) {
  vi.stubGlobal('CSS', { supports: () => true })
  const wrapper = mount(Composer, {
    attachTo: document.body,
    props: { text: 'Hello', attachments: [], canSend: true, ...props },
    global: { provide: { [chatKitKey as symbol]: kit } },
  })
  return { wrapper, field: wrapper.get('textarea'), send: wrapper.get('button[aria-label=Send]') }
}

const file = () => new File(['x'], 'x.png', { type: 'image/png' })

describe('the composer', () => {
  it('has a field called Message and a button called Send', () => {
    const { field } = open()
    expect(field.attributes('aria-label')).toBe('Message')
    expect(field.attributes('enterkeyhint')).toBe('send')
  })

  it('sends on Enter and keeps the focus', async () => {
    const { wrapper, field } = open()
    field.element.focus()
    await field.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('send')).toHaveLength(1)
    expect(document.activeElement).toBe(field.element)
  })

  it('leaves Enter with Shift to the field', async () => {
    const { wrapper, field } = open()
    const event = new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true, cancelable: true })
    field.element.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(false)
    expect(wrapper.emitted('send')).toBeUndefined()
  })

  it('does not send the Enter that confirms a composition, in either order of events', async () => {
    const { wrapper, field } = open()
    await field.trigger('compositionstart')
    await field.trigger('keydown', { key: 'Enter', isComposing: true })
    await field.trigger('compositionend')
    await field.trigger('keydown', { key: 'Enter', keyCode: 229 })
    expect(wrapper.emitted('send')).toBeUndefined()
  })

  it('sends nothing where nothing may be sent', async () => {
    const { wrapper, field, send } = open({ canSend: false })
    await field.trigger('keydown', { key: 'Enter' })
    expect(send.attributes('disabled')).toBeDefined()
    expect(wrapper.emitted('send')).toBeUndefined()
  })

  it('sends by the button without taking the focus from the field', async () => {
    const { wrapper, field, send } = open()
    field.element.focus()
    const press = new MouseEvent('mousedown', { cancelable: true, bubbles: true })
    send.element.dispatchEvent(press)
    await send.trigger('click')
    expect(press.defaultPrevented).toBe(true)
    expect(wrapper.emitted('send')).toHaveLength(1)
    expect(document.activeElement).toBe(field.element)
  })

  it('tells that somebody types', async () => {
    const { wrapper, field } = open()
    await field.setValue('Hello there')
    expect(wrapper.emitted('typing')).toHaveLength(1)
    expect(wrapper.emitted('update:text')?.at(-1)).toEqual(['Hello there'])
  })

  it('takes pasted pictures, but the text of a paste that brings both', async () => {
    const { wrapper, field } = open()
    const picture = file()
    await field.trigger('paste', { clipboardData: { types: ['Files'], files: [picture] } })
    expect(wrapper.emitted('addFiles')).toEqual([[[picture]]])
    await field.trigger('paste', { clipboardData: { types: ['text/plain', 'Files'], files: [file()] } })
    expect(wrapper.emitted('addFiles')).toHaveLength(1)
  })

  it('takes dropped pictures and says so while they hover', async () => {
    const { wrapper } = open()
    await wrapper.trigger('dragenter', { dataTransfer: { types: ['Files'] } })
    expect(wrapper.text()).toContain('Drop files here')
    const picture = file()
    await wrapper.trigger('drop', { dataTransfer: { types: ['Files'], files: [picture] } })
    expect(wrapper.emitted('addFiles')).toEqual([[[picture]]])
    expect(wrapper.text()).not.toContain('Drop files here')
  })

  it('leaves text that is dragged to the field', () => {
    const { wrapper } = open()
    for (const name of ['dragenter', 'dragover', 'drop']) {
      const event = new Event(name, { cancelable: true })
      Object.assign(event, { dataTransfer: { types: ['text/plain'], files: [] } })
      wrapper.element.dispatchEvent(event)
      expect([name, event.defaultPrevented]).toEqual([name, false])
    }
    expect(wrapper.emitted('addFiles')).toBeUndefined()
  })

  it('speaks of the bytes only when they come down to a threshold', async () => {
    const { wrapper } = open({ bytesLeft: 9000 })
    const spoken = () => wrapper.findAll('[role=status]').map((status) => status.text())
    for (const [bytesLeft, words] of [
      [499, '499 characters left'],
      [480, '499 characters left'],
      [199, '199 characters left'],
      [-1, '1 character too long'],
      [-9, '1 character too long'],
      [9000, ''],
    ] as const) {
      await wrapper.setProps({ bytesLeft })
      expect([bytesLeft, ...spoken()]).toEqual([bytesLeft, '', words])
    }
  })

  it('counts bytes only near the limit, and says when the text is too long', async () => {
    const { wrapper, field } = open({ bytesLeft: 9000 })
    expect(wrapper.text()).not.toMatch(/bytes|characters/)
    await wrapper.setProps({ bytesLeft: 12 })
    expect(wrapper.text()).toContain('12 characters left')
    await wrapper.setProps({ text: '你好' })
    expect(wrapper.text()).toContain('12 bytes left')
    await wrapper.setProps({ text: '' })
    await wrapper.setProps({ bytesLeft: -1 })
    expect(wrapper.text()).toContain('1 character too long')
    expect(field.attributes('aria-invalid')).toBe('true')
  })

  it('says why sending is refused, where a screen reader hears it', () => {
    const { wrapper, field } = open({ errorText: 'You are muted here.', isReadOnly: true, canSend: false })
    const note = wrapper.get('[role=status]')
    expect(note.text()).toBe('You are muted here.')
    expect(field.attributes('aria-describedby')).toBe(note.element.parentElement?.id)
    expect(field.attributes('readonly')).toBeDefined()
  })
})

describe('what is offered behind a sign', () => {
  const bob = { key: 'bob', text: '@Bob', label: 'Bob', face: { kind: 'person', seed: 'bob' } } as const
  const suggestions = [
    { ...bob, mention: { name: 'Bob', userId: 'bob' } },
    { ...bob, key: 'bo', text: '@Bo', label: 'Bo', mention: { name: 'Bo', userId: 'bo' } },
  ]

  /** Somebody types, and the parent hears it, as it does in the kit. */
  async function typed(text: string, props: Parameters<typeof open>[0] = {}) {
    const opened = open({ text: '', suggestions, ...props })
    const { wrapper, field } = opened
    await wrapper.setProps({ 'onUpdate:text': (value: string) => wrapper.setProps({ text: value }) })
    field.element.focus()
    await field.setValue(text)
    const key = async (name: string, more = {}) => {
      const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more })
      field.element.dispatchEvent(event)
      await wrapper.vm.$nextTick()
      return event
    }
    return { ...opened, key, options: () => wrapper.findAll('[role=option]') }
  }

  it('is a list that the field points to once somebody walks through it', async () => {
    const { field, key, options } = await typed('Hi @b')
    expect(options().map((option) => option.text())).toEqual(['Bob', 'Bo'])
    expect(field.attributes('aria-activedescendant')).toBeUndefined()
    await key('ArrowDown')
    const active = field.attributes('aria-activedescendant')
    expect(options()[1]?.attributes('id')).toBe(active)
    expect(options()[1]?.attributes('aria-selected')).toBe('true')
    await key('ArrowDown')
    expect(options()[0]?.attributes('aria-selected')).toBe('true')
  })

  it.each(['Enter', 'Tab'])(
    'is written by %s in place of what was typed, and nothing is sent',
    async (name) => {
      const { wrapper, field, key, options } = await typed('Hi @b')
      const event = await key(name)
      expect(event.defaultPrevented).toBe(true)
      expect(field.element.value).toBe('Hi @Bob ')
      expect(wrapper.emitted('choose')).toEqual([[suggestions[0]]])
      expect(wrapper.emitted('send')).toBeUndefined()
      expect(options()).toHaveLength(0)
      await key('Enter')
      expect(wrapper.emitted('send')).toHaveLength(1)
    },
  )

  it('is written by a press that leaves the focus where it is', async () => {
    const { field, options } = await typed('@b')
    const press = new MouseEvent('mousedown', { cancelable: true, bubbles: true })
    options()[1]?.element.dispatchEvent(press)
    await options()[1]?.trigger('click')
    expect(press.defaultPrevented).toBe(true)
    expect(field.element.value).toBe('@Bo ')
    expect(document.activeElement).toBe(field.element)
  })

  it('goes away on Escape and stays away for this sign; then Enter sends', async () => {
    const { wrapper, field, key, options } = await typed('@b')
    await key('Escape')
    expect(options()).toHaveLength(0)
    expect(wrapper.emitted('leave')).toBeUndefined()
    await field.setValue('@bo')
    expect(options()).toHaveLength(0)
    await key('Enter')
    expect(wrapper.emitted('send')).toHaveLength(1)
    await field.setValue('@bo @b')
    expect(options()).toHaveLength(2)
  })

  it('is not chosen while an input method composes', async () => {
    const { wrapper, field, key, options } = await typed('@l')
    await field.trigger('compositionstart')
    for (const name of ['Enter', 'Tab', 'ArrowDown', 'Escape']) {
      const event = await key(name, { isComposing: true })
      expect([name, event.defaultPrevented]).toEqual([name, false])
    }
    expect(options()[0]?.attributes('aria-selected')).toBe('true')
    expect(wrapper.emitted('choose')).toBeUndefined()
    expect(wrapper.emitted('send')).toBeUndefined()
  })

  it('is not offered again for a name that stands there already', async () => {
    const name = { name: 'Bob', userId: 'bob' }
    const { options } = await typed('@Bob', { mentions: [{ start: 0, raw: '@Bob', name }] })
    expect(options()).toHaveLength(0)
  })
})

describe('a mention', () => {
  const mentions = [{ start: 3, raw: '@Bob', name: { name: 'Bob', userId: 'bob' } }]

  function erase(inputType: string, at: number) {
    const { wrapper, field } = open({ text: 'Hi @Bob!', mentions })
    field.element.setSelectionRange(at, at)
    const event = new InputEvent('beforeinput', { inputType, cancelable: true, bubbles: true })
    field.element.dispatchEvent(event)
    return [event.defaultPrevented, wrapper.emitted('update:text')?.at(-1)?.[0]]
  }

  it('is erased as a whole, from either side and from inside', () => {
    expect(erase('deleteContentBackward', 7)).toEqual([true, 'Hi !'])
    expect(erase('deleteContentBackward', 5)).toEqual([true, 'Hi !'])
    expect(erase('deleteContentForward', 3)).toEqual([true, 'Hi !'])
    expect(erase('deleteWordBackward', 7)).toEqual([true, 'Hi !'])
  })

  it('stays where something beside it is erased', () => {
    expect(erase('deleteContentBackward', 8)).toEqual([false, undefined])
    expect(erase('deleteContentBackward', 3)).toEqual([false, undefined])
    expect(erase('deleteContentForward', 7)).toEqual([false, undefined])
    expect(erase('insertText', 5)).toEqual([false, undefined])
  })

  it('is marked behind the text, which stays one text for readers', () => {
    const { wrapper } = open({ text: 'Hi @Bob!', mentions })
    expect(wrapper.findAll('mark').map((mark) => mark.text())).toEqual(['@Bob'])
    expect(wrapper.get('mark').element.closest('[aria-hidden]')?.textContent).toBe('Hi @Bob!')
  })
})
