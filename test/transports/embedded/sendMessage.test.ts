import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientKey } from '../../../src/model'
import type { Message } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { outgoing, textOf, visit } from './visit'
import type { Visit } from './visit'

let service: EmbeddedService
let alice: Visit
let bob: Visit
let id: string

beforeEach(async () => {
  service = createEmbeddedService({ storage: 'memory' })
  for (const user of ['alice', 'bob', 'al', 'al:x']) await service.addUser({ id: user })
  alice = await visit(service, 'alice')
  bob = await visit(service, 'bob')
  id = (await alice.openWith('bob')).id
})
afterEach(() => service.close())

/** What bob has heard once everything sent until now has come through. */
async function heardByBob(): Promise<readonly (string | undefined)[]> {
  await alice.say(id, 'over')
  await bob.until(() => expect(bob.received().map(textOf)).toContain('over'))
  return bob
    .received()
    .map(textOf)
    .filter((text) => text !== 'over')
}

async function history(person: Visit, conversationId: string): Promise<readonly Message[]> {
  const request = { conversationId, from: 'newest', direction: 'older', count: 100 } as const
  return (await person.transport.messages.history(request)).messages
}

describe('A client id names one message', () => {
  it('so that an online-only one cannot rewrite what is stored', async () => {
    const stored = await alice.say(id, 'I owe you 1000', { clientId: 'k' })
    const other = await visit(service, 'alice')
    for (const person of [alice, other]) {
      const answer = await person.say(id, 'I owe you nothing', { clientId: 'k', delivery: 'online-only' })
      expect(answer).toEqual(stored)
    }
    expect(await heardByBob()).toEqual(['I owe you 1000'])
  })

  it.each(['online-only', 'stored'] as const)(
    'so that one passed once stays what it was when it is sent again as %s',
    async (delivery) => {
      const passed = await alice.say(id, 'first', { clientId: 'k', delivery: 'online-only' })
      expect(await alice.say(id, 'second', { clientId: 'k', delivery })).toEqual(passed)
      expect(await heardByBob()).toEqual(['first'])
      expect((await history(bob, id)).map(textOf)).toEqual(['over'])
    },
  )

  it('also among calls that are made at the same time', async () => {
    const calls = (['online-only', 'stored', 'online-only'] as const).map((delivery, i) =>
      alice.say(id, `${i}`, { clientId: 'k', delivery }),
    )
    const [first, ...others] = await Promise.all(calls)
    expect(others).toEqual([first, first])
    expect(await heardByBob()).toEqual(['0'])
  })

  it('in each conversation', async () => {
    const { id: elsewhere } = await alice.openWith('al')
    for (const conversationId of [id, elsewhere]) {
      await alice.say(conversationId, 'stored', { clientId: 'k' })
      await alice.say(conversationId, 'passed', { clientId: 'l', delivery: 'online-only' })
    }
    expect((await history(alice, elsewhere)).map(textOf)).toEqual(['stored'])
    expect(await heardByBob()).toEqual(['stored', 'passed'])
  })

  it('and a call that is refused leaves it free for the next one', async () => {
    const call = (text: string) => alice.transport.messages.send(outgoing(id, text, { clientId: 'k' }))
    const [given, next] = [call('given up'), call('sent')]
    given.cancel()
    await expect(given.result).rejects.toMatchObject({ kind: 'cancelled' })
    expect(textOf(await next.result)).toBe('sent')
  })
})

describe('A person whose id begins the id of another', () => {
  it("cannot speak in the other's message", async () => {
    const mallory = await visit(service, 'al')
    const victim = await visit(service, 'al:x')
    const { group } = await alice.transport.groups!.create({ type: 'work', name: 'g' }, ['al', 'al:x'])
    const { id: groupConversation } = await alice.transport.conversations.open({ groupId: group.id })
    const real = await victim.say(groupConversation, 'real words', { clientId: 'k1' })
    const forged = await mallory.say(groupConversation, 'forged words', { clientId: 'x:k1' })
    const passed = await mallory.say(groupConversation, 'fleeting', {
      clientId: 'x:k1:y',
      delivery: 'online-only',
    })
    for (const message of [forged, passed]) {
      expect(message.senderId).toBe('al')
      expect(message.keys.filter((key) => real.keys.includes(key))).toEqual([])
    }
    const ref = { conversationId: groupConversation, keys: [clientKey('al:x', 'k1')] }
    expect(await alice.transport.messages.find(ref)).toEqual(real)
    expect((await history(alice, groupConversation)).map(textOf).slice(1)).toEqual([
      'real words',
      'forged words',
    ])
  })
})

describe('A message that is called back', () => {
  it('at any moment is either refused or written, and the answer says which', async () => {
    const answers: string[] = []
    for (let turns = 0; turns < 150; turns += 1) {
      const task = alice.transport.messages.send(outgoing(id, `${turns}`))
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      task.cancel()
      const answer = await task.result.then(textOf, () => undefined)
      if (answer !== undefined) answers.push(answer)
    }
    // Called back at once it is never written, called back late it always is.
    expect(answers).not.toContain('0')
    expect(answers).toContain('149')
    expect((await history(alice, id)).map(textOf)).toEqual(answers.slice(-100))
  })
})
