import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick, useTemplateRef } from 'vue'
import { provideKeyboardRoom, useKeyboardOverlap } from '../../../src/components/PhoneKeyboard'

/** What a phone tells of the part of the window that its keyboard leaves. */
class Viewport extends EventTarget {
  height = window.innerHeight
  offsetTop = 0
  scale = 1
  /** The keyboard comes up so far. */
  rise(px: number): void {
    this.height = window.innerHeight - px
    this.dispatchEvent(new Event('resize'))
  }
}

const former = Object.getOwnPropertyDescriptor(window, 'visualViewport')
afterEach(() => {
  if (former) Object.defineProperty(window, 'visualViewport', former)
  else Reflect.deleteProperty(window, 'visualViewport')
})

function phone(): Viewport {
  const viewport = new Viewport()
  Object.defineProperty(window, 'visualViewport', { value: viewport, configurable: true })
  return viewport
}

/** A panel whose foot stands so far above that of the window. */
const panelAbove = (px: number) =>
  defineComponent(() => {
    const element = useTemplateRef<HTMLElement>('panel')
    const overlap = useKeyboardOverlap(() => {
      const { value } = element
      if (value) value.getBoundingClientRect = () => new DOMRect(0, 0, 300, window.innerHeight - px)
      return value
    })
    return () => h('div', { ref: 'panel' }, `${overlap.value}`)
  })

describe('Room for the keyboard of a phone', () => {
  it('is made by a panel that stands alone, as much as lies under the keyboard', async () => {
    const viewport = phone()
    const low = mount(panelAbove(0))
    const high = mount(panelAbove(100))
    viewport.rise(300)
    await nextTick()
    expect([low.text(), high.text()]).toEqual(['300', '200'])
    viewport.rise(0)
    await nextTick()
    expect([low.text(), high.text()]).toEqual(['0', '0'])
  })

  it('is made once: not in a panel where something around makes it', async () => {
    const viewport = phone()
    const Around = defineComponent(() => {
      const inset = provideKeyboardRoom()
      return () => h('div', [`${inset.value} `, h(panelAbove(0))])
    })
    const app = mount(Around)
    viewport.rise(300)
    await nextTick()
    expect(app.text()).toBe('300 0')
  })

  it('is not made for the bar of a browser, nor for fingers that zoom', async () => {
    const viewport = phone()
    const panel = mount(panelAbove(0))
    viewport.rise(50)
    viewport.scale = 2
    viewport.rise(400)
    await nextTick()
    expect(panel.text()).toBe('0')
  })
})
