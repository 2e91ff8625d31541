import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { closeServices, twoPeople } from './twoPeople'
import { visit } from './visit'

afterEach(closeServices)

describe('Profiles', () => {
  it('are found or missing, nothing in between', async () => {
    const service = await twoPeople()
    const alice = await visit(service, 'alice')
    expect(await alice.transport.profiles!.fetch(['bob', 'nobody', '__proto__', 'bob'])).toEqual({
      found: [{ id: 'bob', name: 'BOB' }],
      missing: ['nobody', '__proto__'],
    })
    await expect(
      alice.transport.profiles!.fetch(Array.from({ length: 101 }, (_n, i) => `${i}`)),
    ).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('tell changes to friends and oneself only', async () => {
    const service = await twoPeople()
    const [alice, bob, carol] = [
      await visit(service, 'alice'),
      await visit(service, 'bob'),
      await visit(service, 'carol'),
    ]
    await bob.transport.profiles!.updateOwn!({ id: 'bob', name: 'Robert', signature: 'hm' })
    await alice.until(() => expect(alice.told('profile.changed')).toHaveLength(1))
    await bob.until(() => expect(bob.told('profile.changed')).toHaveLength(1))
    expect(alice.told('profile.changed')[0]?.profiles).toMatchObject([
      { id: 'bob', name: 'Robert', signature: 'hm' },
    ])
    await carol.until(() => expect(carol.checkpoint()).toBe(alice.checkpoint()))
    expect(carol.told('profile.changed')).toEqual([])
    await bob.transport.profiles!.updateOwn!({ id: 'bob', signature: null })
    await alice.until(() => expect(alice.told('profile.changed')).toHaveLength(2))
    // What is gone is said to be gone: an absent field would say nothing.
    expect(alice.told('profile.changed')[1]?.profiles).toMatchObject([{ id: 'bob', signature: null }])
    expect((await carol.transport.profiles!.fetch(['bob'])).found).toEqual([{ id: 'bob', name: 'Robert' }])
  })

  it('are stored without control characters, their names on one line', async () => {
    const service = await twoPeople()
    const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
    await service.addUser({ id: 'bob', name: 'B\to\r\nb\u0000' })
    await bob.transport.profiles!.updateOwn!({ id: 'bob', signature: 'a\u001b[1m\nb\ud83d' })
    expect((await alice.transport.profiles!.fetch(['bob'])).found).toEqual([
      { id: 'bob', name: 'B o b', signature: 'a[1m b\ufffd' },
    ])
  })

  it('are not too big to be shown', async () => {
    const service = await twoPeople()
    const { transport } = await visit(service, 'alice')
    const wrongs = [
      { name: '名'.repeat(167) },
      { signature: 'x'.repeat(20_000_000) },
      { custom: { a: 'x'.repeat(501) } },
      {
        custom: Object.fromEntries(
          [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((key) => [key, 'x'.repeat(500)]),
        ),
      },
    ]
    for (const wrong of wrongs) {
      await expect(transport.profiles!.updateOwn!({ id: 'alice', ...wrong })).rejects.toMatchObject({
        code: 40601,
        kind: 'too-large',
      })
    }
    expect((await transport.profiles!.fetch(['alice'])).found).toEqual([{ id: 'alice', name: 'ALICE' }])
  })
})
