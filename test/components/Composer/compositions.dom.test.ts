import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { Composer } from '../../../src/components/Composer'
import { chatKitKey, type ChatKitContext } from '../../../src/composables'
import { en } from '../../../src/i18n'
import { COMPOSITIONS, type Step } from './compositions'

const kit = { locale: shallowRef(en) } as unknown as ChatKitContext
const suggestions = [
  { key: 'x', text: '@Nihao', label: 'Nihao', face: { kind: 'sign', sign: '@' } },
  { key: 'y', text: '@Other', label: 'Other', face: { kind: 'sign', sign: '@' } },
] as const

/** A composer whose parent keeps what is written, as the kit does. */
function open(before: string) {
  vi.stubGlobal('CSS', { supports: () => true })
  const texts: string[] = []
  const wrapper = mount(Composer, {
    attachTo: document.body,
    props: {
      text: '',
      attachments: [],
      canSend: true,
      suggestions,
      'onUpdate:text': (text: string) => {
        texts.push(text)
        void wrapper.setProps({ text })
      },
    },
    global: { provide: { [chatKitKey as symbol]: kit } },
  })
  const field = wrapper.get('textarea').element
  field.focus()
  if (before !== '') {
    field.value = before
    field.dispatchEvent(new InputEvent('input'))
  }
  return { wrapper, field, before, texts }
}

/** Tells the field what the browser tells it; the browser writes only what nobody has prevented. */
async function replay({ field, before }: ReturnType<typeof open>, steps: readonly Step[]): Promise<void> {
  const tell = (event: Event) => field.dispatchEvent(event)
  const options = { bubbles: true, cancelable: true }
  for (const step of steps) {
    if (step.type === 'keydown') {
      const { key, keyCode, isComposing } = step
      const event = new KeyboardEvent('keydown', { ...options, key, isComposing })
      // Not all of what a test makes can say it by itself.
      Object.defineProperty(event, 'keyCode', { value: keyCode })
      Object.defineProperty(event, 'isComposing', { value: isComposing })
      expect([key, keyCode, tell(event)]).toEqual([key, keyCode, true])
    } else if (step.type === 'update') {
      const about = { bubbles: true, data: step.text, inputType: 'insertCompositionText', isComposing: true }
      tell(new InputEvent('beforeinput', about))
      tell(new CompositionEvent('compositionupdate', { bubbles: true, data: step.text }))
      field.value = before + step.text
      field.setSelectionRange(field.value.length, field.value.length)
      tell(new InputEvent('input', about))
    } else if (step.type === 'line') {
      const isWanted = tell(new InputEvent('beforeinput', { ...options, inputType: 'insertLineBreak' }))
      if (isWanted) {
        field.value += '\n'
        tell(new InputEvent('input', { bubbles: true }))
      }
    } else if (step.type === 'input') {
      tell(new InputEvent('input', { bubbles: true, isComposing: step.isComposing }))
    } else if (step.type === 'compositionend') {
      tell(new CompositionEvent('compositionend', { bubbles: true, data: step.data }))
    } else tell(new CompositionEvent('compositionstart', { bubbles: true }))
    await nextTick()
  }
}

// What browsers tell in one breath stays so on a slow machine.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

describe.each(COMPOSITIONS)('$method in $browser', ({ steps, text, sends }) => {
  it('leaves the text as it was composed, and sends only what was meant to be sent, once', async () => {
    const opened = open('')
    await replay(opened, steps)
    expect(opened.field.value).toBe(text)
    expect(opened.texts.at(-1)).toBe(text)
    expect(opened.wrapper.emitted('send') ?? []).toHaveLength(sends ? 1 : 0)
  })

  it('chooses nothing of what is offered and sends nothing while it is', async () => {
    const opened = open('@')
    await replay(opened, steps)
    expect(opened.wrapper.findAll('[role=option]')).toHaveLength(2)
    expect(opened.wrapper.emitted('choose')).toBeUndefined()
    expect(opened.wrapper.emitted('send')).toBeUndefined()
    expect(opened.field.value).toBe(`@${text}`)
  })
})

describe('after a composition', () => {
  it('the next Enter sends, and the one after a moment chooses', async () => {
    for (const { steps, sends } of COMPOSITIONS.filter(({ sends }) => !sends)) {
      const opened = open('')
      await replay(opened, steps)
      vi.advanceTimersByTime(100)
      const enter = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, bubbles: true })
      opened.field.dispatchEvent(enter)
      expect([enter.defaultPrevented, opened.wrapper.emitted('send')?.length, sends]).toEqual([
        true,
        1,
        false,
      ])
    }
  })
})
