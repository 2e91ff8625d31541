import { expect, it } from 'vitest'
import { twoPeople } from './twoPeople'
import { visit } from './visit'

it('answers the next such call with the code, and does what comes after it', async () => {
  const service = await twoPeople()
  const alice = await visit(service, 'alice')
  const { id } = await alice.openWith('bob')
  service.failNext({ call: 'messages.send', code: 10017, untilAt: 5 })
  await expect(alice.say(id, 'one')).rejects.toMatchObject({
    domain: 'tencent',
    code: 10017,
    kind: 'muted',
    untilAt: 5,
  })
  await expect(alice.say(id, 'two')).resolves.toBeDefined()
  service.close()
})

it('answers as often as it is told, one user only, and other calls not at all', async () => {
  const service = await twoPeople()
  const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
  service.failNext({ call: 'conversations.list', code: 50004, userId: 'bob', times: 2 })
  await expect(alice.transport.conversations.list()).resolves.toBeDefined()
  for (const _ of [1, 2]) {
    await expect(bob.transport.conversations.list()).rejects.toMatchObject({ code: 50004, retry: 'later' })
  }
  await expect(bob.transport.conversations.list()).resolves.toBeDefined()
  expect(() => service.failNext({ call: 'messages.send', code: Number.NaN })).toThrow(/code/u)
  service.close()
})

it('tells the causes of a code apart by the call', async () => {
  const service = await twoPeople()
  const alice = await visit(service, 'alice')
  const { id } = await alice.openWith('bob')
  service.failNext({ call: 'messages.send', code: 10007 })
  await expect(alice.say(id, 'one')).rejects.toMatchObject({ code: 10007, kind: 'not-member' })
  service.close()
})
