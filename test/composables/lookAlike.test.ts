import { afterEach, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import { useProfileCard } from '../../src/composables'
import { settle } from '../support/fakeClock'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

const FRIENDS = 400
const STRANGERS = 50
const friendIds = Array.from({ length: FRIENDS }, (_, at) => `friend${at}`)
const strangerIds = Array.from({ length: STRANGERS }, (_, at) => `stranger${at}`)

afterEach(() => vi.restoreAllMocks())

it('looks at each name once, however many strangers ask somebody with many friends', async () => {
  const backend = createScriptedTransport()
  const kit = createChatKit({ transport: backend.transport, userId: 'alice', cache: 'memory' })
  backend.goOnline()
  const nameOf = (id: string) => ({ id, name: id === 'stranger7' ? 'Fr1END 42' : id.replace(/(\d)/, ' $1') })
  backend.tell(
    { type: 'profile.changed', profiles: [...friendIds, ...strangerIds].map(nameOf) },
    { type: 'contact.changed', contacts: friendIds.map((userId) => ({ userId })) },
  )
  await settle()
  const looks = vi.spyOn(String.prototype, 'normalize')
  const cards = strangerIds.map((id) => runInKit(kit, () => useProfileCard(id)))
  const imitated = cards.flatMap(({ view }) => view.imitated.value?.id ?? [])
  expect(imitated).toEqual(['friend42'])
  expect(looks.mock.calls.length).toBeLessThan(2 * (FRIENDS + STRANGERS))
  // Whoever changes his name is looked at anew, and nobody else.
  looks.mockClear()
  backend.tell({ type: 'profile.changed', profiles: [{ id: 'friend1', name: 'stranger 3' }] })
  await settle()
  expect(cards.flatMap(({ view }) => view.imitated.value?.id ?? [])).toEqual(['friend1', 'friend42'])
  expect(looks.mock.calls.length).toBeLessThan(20)
  cards.forEach(({ stop }) => stop())
  await kit.dispose()
})
