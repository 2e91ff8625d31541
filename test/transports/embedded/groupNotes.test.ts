import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GroupsFacet } from '../../../src/core/ports'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { visit, visitAll } from './visit'
import type { Visit } from './visit'

let service: EmbeddedService
let alice: Visit
let bob: Visit
let carol: Visit

async function begin(more: Partial<Parameters<typeof createEmbeddedService>[0]> = {}): Promise<void> {
  service = createEmbeddedService({ name: 'group-notes', storage: 'memory', ...more })
  ;({ alice, bob, carol } = await visitAll(service, ['alice', 'bob', 'carol'], { away: ['dave'] }))
}
beforeEach(() => begin())
afterEach(() => service.close())

const of = (person: Visit) => person.transport.groups as Required<GroupsFacet>
async function publicGroup(name = 'Trail mates'): Promise<string> {
  const { group } = await of(alice).create({ type: 'public', name }, ['bob', 'carol'])
  await of(alice).setRole(group.id, ['bob'], 'admin')
  return group.id
}

describe('Attributes', () => {
  it('are told to everybody, key by key', async () => {
    const id = await publicGroup()
    await of(alice).writeAttributes(id, { a: '1', b: '2' }, [])
    await of(bob).writeAttributes(id, { b: '3' }, ['a'])
    expect(await of(carol).readAttributes(id)).toEqual({ b: '3' })
    await carol.until(() =>
      expect(carol.told('attributes.changed').at(-1)).toMatchObject({ set: { b: '3' }, deleted: ['a'] }),
    )
  })

  it('that two write at once go to the faster one, and the other hears of it', async () => {
    const id = await publicGroup()
    await of(alice).writeAttributes(id, { a: '1' }, [])
    await Promise.all([of(alice).readAttributes(id), of(bob).readAttributes(id)])
    const outcomes = await Promise.allSettled([
      of(alice).writeAttributes(id, { a: 'of alice' }, []),
      of(bob).writeAttributes(id, { a: 'of bob' }, []),
    ])
    expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 10056, kind: 'conflict' } }])
    expect(await of(bob).readAttributes(id)).toEqual({ a: 'of alice' })
    await of(bob).writeAttributes(id, { a: 'of bob' }, [])
    expect(await of(alice).readAttributes(id)).toEqual({ a: 'of bob' })
  })

  it('keep to their limits, and to those who may', async () => {
    const id = await publicGroup()
    const write = (set: Readonly<Record<string, string>>) => of(alice).writeAttributes(id, set, [])
    const many = (count: number, value: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, value]))
    await expect(write({ ['k'.repeat(33)]: '' })).rejects.toMatchObject({ code: 10045 })
    await expect(write({ k: 'x'.repeat(4001) })).rejects.toMatchObject({ code: 10046 })
    await expect(write(many(17, ''))).rejects.toMatchObject({ code: 10047 })
    await expect(write(many(5, 'x'.repeat(3999)))).rejects.toMatchObject({ code: 10048 })
    await expect(of(carol).writeAttributes(id, { k: '' }, [])).rejects.toMatchObject({ code: 10007 })
    expect(await of(alice).readAttributes(id)).toEqual({})
  })
})

describe('Counters', () => {
  it('count for everybody, at most twenty of them', async () => {
    const id = await publicGroup()
    expect(await of(carol).writeCounter(id, 'likes', { add: 2 })).toBe(2)
    expect(await of(bob).writeCounter(id, 'likes', { add: -1 })).toBe(1)
    await alice.until(() =>
      expect(alice.told('counters.changed').at(-1)).toMatchObject({ counters: { likes: 1 } }),
    )
    for (let i = 0; i < 19; i++) await of(alice).writeCounter(id, `c${i}`, { set: i })
    await expect(of(alice).writeCounter(id, 'more', { set: 0 })).rejects.toMatchObject({ code: 10063 })
  })
})

describe('Looking for groups', () => {
  it('finds those that one could come into, by name or id, page by page', async () => {
    for (let i = 0; i < 25; i++) await of(alice).create({ type: 'public', name: `Wandern Nr. ${i}` }, [])
    await of(alice).create({ type: 'work', name: 'Wandern intern' }, [])
    const { group } = await of(alice).create({ type: 'meeting', name: 'other', id: 'wandern' }, [])
    const first = await of(bob).findGroups('wándern')
    expect(first.items).toHaveLength(20)
    const rest = await of(bob).findGroups('wándern', first.next)
    expect([...first.items, ...rest.items].map(({ type }) => type)).toEqual(Array(25).fill('public'))
    expect(rest.next).toBeUndefined()
    expect((await of(bob).findGroups('wandern')).items.some(({ id }) => id === group.id)).toBe(false)
    expect(await of(bob).findGroups('  ')).toEqual({ items: [] })
  })

  it('finds none that has ended', async () => {
    const id = await publicGroup('gone')
    await of(alice).dissolve(id)
    expect((await of(bob).findGroups(id)).items).toEqual([])
  })
})

describe('Members', () => {
  it('that are rare are found in few pages', async () => {
    const id = await publicGroup()
    const names = Array.from({ length: 900 }, (_, i) => `m${String(i).padStart(3, '0')}`)
    for (const name of names) await service.addUser({ id: name, name: name === 'm899' ? 'Zoë Last' : name })
    for (let i = 0; i < names.length; i += 100) await of(alice).invite(id, names.slice(i, i + 100))
    const page = await of(carol).members(id, { text: 'zoe' })
    expect(page).toMatchObject({ items: [{ userId: 'm899' }] })
    expect(page.next).toBeUndefined()
  })

  it('that are signed in are counted, each once', async () => {
    const id = await publicGroup()
    await of(alice).invite(id, ['dave'])
    await visit(service, 'bob')
    expect(await of(carol).onlineCount(id)).toBe(3)
    await bob.transport.disconnect()
    expect(await of(carol).onlineCount(id)).toBe(3)
    await carol.transport.disconnect()
    expect(await of(alice).onlineCount(id)).toBe(2)
  })
})

describe('Invitations where people are asked first', () => {
  beforeEach(async () => {
    service.close()
    await begin({ name: 'asked', invitees: 'asked' })
  })

  it('wait for the invited one, who alone answers', async () => {
    const { group } = await of(alice).create({ type: 'public', name: 'Trail mates' }, [])
    expect(await of(alice).invite(group.id, ['bob', 'carol'], 'come!')).toMatchObject({
      done: [],
      pending: ['bob', 'carol'],
    })
    const [mine] = (await of(bob).applications()).items
    expect(mine).toMatchObject({ kind: 'invites-me', byId: 'alice', userId: 'bob', wording: 'come!' })
    await expect(of(alice).answer(mine!.id, 'accept')).rejects.toMatchObject({ code: 10007 })
    await of(bob).answer(mine!.id, 'accept')
    await expect(of(bob).answer(mine!.id, 'refuse')).rejects.toMatchObject({ code: 10024 })
    const [hers] = (await of(carol).applications()).items
    await of(carol).answer(hers!.id, 'refuse')
    expect((await of(alice).members(group.id, {})).items.map(({ userId }) => userId)).toEqual([
      'alice',
      'bob',
    ])
  })
})
