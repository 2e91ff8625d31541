import { mount } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import { defineComponent, h, nextTick, shallowRef } from 'vue'
import { useSlotComponent } from '../../../src/components/Timeline/slotComponent'

const words = shallowRef<readonly string[]>([])

/** Shows the words, each through the slot that it is given. */
const WordList = defineComponent((_props, { slots }) => {
  const { Drawing } = useSlotComponent<{ word: string }>(() => slots['word'], ['word'])
  return () => words.value.map((word) => h(Drawing, { key: word, word }))
})

beforeEach(() => {
  words.value = ['a', 'b']
})

it('draws only what has come, where the slot stays the same', async () => {
  const drawn: string[] = []
  const word = ({ word: one }: { word: string }) => {
    drawn.push(one)
    return one
  }
  const wrapper = mount(WordList, { slots: { word } })
  words.value = ['b', 'c']
  await nextTick()
  expect([wrapper.text(), ...drawn]).toEqual(['bc', 'a', 'b', 'c'])
})

it('draws everything again, where the slot is another function', async () => {
  const ending = shallowRef('!')
  const wrapper = mount({
    // What an app computes outside its slot is seen by nobody else.
    render() {
      const now = ending.value
      return h(WordList, null, { word: ({ word }: { word: string }) => word + now })
    },
  })
  expect(wrapper.text()).toBe('a!b!')
  ending.value = '?'
  await nextTick()
  expect(wrapper.text()).toBe('a?b?')
})

it('draws again by itself what shows something that changes', async () => {
  const ending = shallowRef('!')
  const wrapper = mount(WordList, { slots: { word: ({ word }: { word: string }) => word + ending.value } })
  ending.value = '?'
  await nextTick()
  expect(wrapper.text()).toBe('a?b?')
})
