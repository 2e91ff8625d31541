import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import { provideOpenProfile } from '../../../src/components/Message'
import MentionMark from '../../../src/components/Message/MentionMark.vue'
import { chatKitKey, type ChatKitContext } from '../../../src/composables'
import { en } from '../../../src/i18n'

function aMention(userId: string | undefined, openProfile?: (id: string) => void) {
  const kit = { locale: shallowRef(en) } as unknown as ChatKitContext
  const Host = defineComponent(() => {
    provideOpenProfile(() => openProfile)
    return () => h(MentionMark, { raw: '@Lin', isMe: false, userId })
  })
  return mount(Host, { global: { provide: { [chatKitKey as symbol]: kit } } }).get('bdi')
}

it('opens the card of whom it points at by pointer and by key, where the app shows cards', async () => {
  const opened: string[] = []
  const mention = aMention('lin', (id) => opened.push(id))
  expect(mention.attributes('role')).toBe('button')
  await mention.trigger('click')
  await mention.trigger('keydown', { key: 'Enter' })
  await mention.trigger('keydown', { key: ' ' })
  expect(opened).toEqual(['lin', 'lin', 'lin'])
})

it('is words and nothing to press where there is no card to show', () => {
  expect(aMention('lin').attributes('role')).toBeUndefined()
  expect(aMention(undefined, () => {}).attributes('role')).toBeUndefined()
})
