import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import CountedField from '../../../src/components/Field/CountedField.vue'
import { createChatKit } from '../../../src/app'
import { chatKitKey } from '../../../src/composables'
import { createEmbeddedService, createEmbeddedTransport } from '../../../src/transports/embedded'

it('says how much room is left only in the last fifth of it, and when there is too much', async () => {
  const service = createEmbeddedService({ name: 'counted-field', storage: 'memory' })
  const kit = createChatKit({
    transport: createEmbeddedTransport({ service }),
    userId: 'alice',
    cache: 'memory',
  })
  const field = mount(CountedField, {
    props: { label: 'Name', modelValue: 'x'.repeat(10), bytesLeft: 20 },
    global: { provide: { [chatKitKey as symbol]: kit } },
  })
  expect(field.text()).toBe('Name')
  await field.setProps({ modelValue: 'x'.repeat(26), bytesLeft: 4 })
  expect(field.text()).toContain('4 characters left')
  await field.setProps({ modelValue: '山'.repeat(11), bytesLeft: -3 })
  expect(field.text()).toContain('3 bytes too long')
  field.unmount()
  await kit.dispose()
  service.close()
})
