import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import MergedViewer from '../../../src/components/Message/MergedViewer.vue'
import { chatKitKey } from '../../../src/composables'
import { aMessage } from '../../support/builders'
import { createScriptedTransport } from '../../support/scriptedTransport'

/** A busy machine takes its time. */
const patience = { timeout: 20_000 }

it('draws a history of thousands piece by piece', async () => {
  const kit = createChatKit({
    transport: createScriptedTransport().transport,
    userId: 'alice',
    cache: 'memory',
  })
  const items = Array.from({ length: 3_000 }, (_, at) => aMessage({ seq: at + 1 }))
  const message = aMessage({ seq: 1, parts: [{ kind: 'merged', title: 'All of it', abstracts: [], items }] })
  const wrapper = mount(MergedViewer, {
    props: { message },
    attachTo: document.body,
    global: { provide: { [chatKitKey as symbol]: kit }, stubs: { teleport: true } },
  })
  const drawn = () => document.body.querySelectorAll('article').length
  const more = () =>
    [...document.body.querySelectorAll('button')].find((one) => one.textContent === 'Show more')
  await expect.poll(drawn, patience).toBe(200)
  more()?.click()
  await expect.poll(drawn, patience).toBe(400)
  wrapper.unmount()
  await kit.dispose()
})
