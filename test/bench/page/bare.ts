import { createApp, h, nextTick, shallowRef } from 'vue'
import { Virtualizer, type VirtualizerHandle } from 'virtua/vue'
import type { Message } from '../../../src/model'

/** What the panel is measured beside: nothing but a virtual list, and bubbles with text in it. */
export interface BareList {
  /** Puts messages at the end and shows them. */
  append(messages: readonly Message[]): Promise<void>
  leave(): void
}

const bubble = { padding: '8px 12px', margin: '4px 24px', maxWidth: '520px', background: '#eee' }

/** Opens a list of these messages at its end, with a field to type in below. */
export async function openBareList(first: readonly Message[]): Promise<BareList> {
  const messages = shallowRef(first)
  const list = shallowRef<VirtualizerHandle>()
  const toEnd = () => list.value?.scrollToIndex(messages.value.length - 1, { align: 'end' })
  const drawn = ({ item }: { item: Message }) => {
    const [part] = item.parts
    const text = part?.kind === 'text' ? part.text : ''
    return [h('article', { key: item.keys[0] ?? '', style: bubble }, text)]
  }
  const app = createApp({
    render: () =>
      h('div', { style: { display: 'flex', flexDirection: 'column', height: '100%' } }, [
        h('div', { class: 'parley-timeline', style: { flex: 1, minHeight: 0 }, 'data-placed': '' }, [
          h('div', { style: { height: '100%', overflowY: 'auto' } }, [
            h(Virtualizer, { ref: list, data: messages.value as Message[] }, { default: drawn }),
          ]),
        ]),
        h('textarea'),
      ]),
  })
  app.mount('#stage')
  await nextTick()
  toEnd()
  return {
    async append(more) {
      messages.value = [...messages.value, ...more]
      await nextTick()
      toEnd()
    },
    leave: () => app.unmount(),
  }
}
