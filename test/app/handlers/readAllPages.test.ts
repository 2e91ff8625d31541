import { expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import { readAllPages } from '../../../src/app/handlers/readAllPages'
import { useConversationStore } from '../../../src/stores'
import { settle } from '../../support/fakeClock'
import { createScriptedTransport } from '../../support/scriptedTransport'

it('comes to an end where cursors lead in a circle', async () => {
  const nexts = new Map([
    [undefined, 'a'],
    ['a', 'b'],
    ['b', 'a'],
  ])
  let asked = 0
  const read = async (cursor: string | undefined) => {
    if (++asked > 50) throw new Error('it goes on and on')
    return { items: [cursor ?? 'first'], next: nexts.get(cursor) ?? '' }
  }
  expect(await readAllPages(read, Infinity)).toEqual(['first', 'a', 'b'])
})

it('comes to an end where page after page holds nothing, and finds what stands behind some of them', async () => {
  let asked = 0
  const endless = async () => {
    if (++asked > 1_000) throw new Error('it goes on and on')
    return { items: [] as readonly string[], next: `${asked}` }
  }
  expect(await readAllPages(endless, Infinity)).toEqual([])
  let count = 0
  const sparse = async () => (++count === 60 ? { items: ['here'] } : { items: [], next: `${count}` })
  expect(await readAllPages<string>(sparse, Infinity)).toEqual(['here'])
})

it('ends a list of conversations that leads in a circle', async () => {
  let asked = 0
  const backend = createScriptedTransport({
    conversations: {
      async list(cursor) {
        if (++asked > 50) throw new Error('it goes on and on')
        return { items: [{ id: `c${asked}`, kind: 'direct' }], next: cursor === 'a' ? 'b' : 'a' }
      },
    },
  })
  const kit = createChatKit({ transport: backend.transport, userId: 'alice', cache: 'memory' })
  backend.goOnline()
  await kit.dispatch({ type: 'loadConversations' })
  await settle()
  expect(useConversationStore(kit.pinia).byId.size).toBe(3)
  await kit.dispose()
})
