import { userEvent } from 'vitest/browser'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { ChatPanel } from '../../../src/components/ChatPanel'
import { useTimelineStore } from '../../../src/stores'
import { clearScreen, found, patience, show } from '../../support/onScreen'
import { setServiceStage } from '../../support/serviceStage'
import type { ServiceStage } from '../../support/serviceStage'

const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
let stage: ServiceStage<'alice' | 'bob'>

beforeAll(async () => {
  stage = await setServiceStage({ name: 'faces-on-screen', people: ['alice', 'bob'] })
})
afterEach(clearScreen)
afterAll(() => stage.clear())

it('offers the app’s faces behind the colon and writes the one that is chosen', async () => {
  const { alice, bob } = stage.kits
  const { id } = await alice.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
  const content = { faces: { smile: { src: PICTURE, label: 'Smiling' } } }
  const box = show(alice, () => h(ChatPanel, { conversationId: id, content }), { width: 560, height: 700 })
  const field = await found(() => box.querySelector('textarea'), 'the composer')
  await userEvent.click(field)
  await userEvent.keyboard(':smi')
  const option = await found(
    () =>
      [...document.querySelectorAll('[role=option]')].find(({ textContent }) =>
        textContent?.includes('Smiling'),
      ),
    'the face',
  )
  expect(option.querySelector('img')?.getAttribute('src')).toBe(PICTURE)
  await userEvent.keyboard('{Enter}')
  await vi.waitFor(() => expect(field.value).toContain('[smile]'), patience)
  await userEvent.keyboard('{Enter}')
  await vi.waitFor(async () => {
    await bob.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
    const [entry] = useTimelineStore(bob.pinia).timelineById.get(id)?.entries() ?? []
    expect(entry?.message.parts[0]).toMatchObject({ kind: 'text', text: expect.stringContaining('[smile]') })
  }, patience)
  await found(
    () => box.querySelector('[role=log] [role=img][aria-label="Smiling"]'),
    'the face in the message',
  )
})
