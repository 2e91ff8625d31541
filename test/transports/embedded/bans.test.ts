import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/core/ports'
import type { GroupType } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { POWERS } from '../../core/groups/rightsFixture'
import { createFakeClock } from '../../support/fakeClock'
import { visitAll } from './visit'
import type { Visit } from './visit'

const DAY = 24 * 60 * 60_000

let service: EmbeddedService
let clock: ReturnType<typeof createFakeClock>
let alice: Visit
let bob: Visit
let carol: Visit

beforeEach(async () => {
  clock = createFakeClock()
  service = createEmbeddedService({ name: 'group-bans', storage: 'memory', clock: clock satisfies Clock })
  ;({ alice, bob, carol } = await visitAll(service, ['alice', 'bob', 'carol'], { away: ['dave'] }))
})
afterEach(() => service.close())

const groupsOf = (person: Visit) => person.transport.groups!

/** Alice owns it, Bob is an admin where there are any, Carol a member; the door stands open. */
async function groupOf(type: GroupType) {
  const open = type === 'public' ? ({ joining: 'free', inviting: 'free' } as const) : {}
  const members = type === 'live' ? [] : ['bob', 'carol']
  const { group } = await groupsOf(alice).create({ type, name: type, ...open }, members)
  if (type === 'live') for (const person of [bob, carol]) await groupsOf(person).join(group.id)
  if (POWERS['canSetAdmins']?.[type] === 'o') await groupsOf(alice).setRole!(group.id, ['bob'], 'admin')
  return group.id
}

describe('A ban', () => {
  it('puts out and keeps out until its end, which the banned one is told, and no longer', async () => {
    const groupId = await groupOf('public')
    const until = clock.now() + DAY
    const result = await groupsOf(bob).setBanned!(groupId, ['carol'], until, 'enough')
    expect(result).toEqual({ done: ['carol'], pending: [], failed: [] })
    const refusal = { domain: 'parley', code: 'banned-from-group', kind: 'blocked', untilAt: until }
    await carol.until(() => expect(carol.transport.can('groups.join', { groupId })).toMatchObject(refusal))
    await expect(groupsOf(carol).join(groupId)).rejects.toMatchObject(refusal)
    expect((await groupsOf(carol).fetch([groupId]))[0]).toMatchObject({
      state: 'not-joined',
      bannedUntil: until,
      memberCount: 2,
    })
    await alice.until(() =>
      expect(alice.told('member.removed').at(-1)).toMatchObject({
        groupId,
        userIds: ['carol'],
        how: 'banned',
        byId: 'bob',
      }),
    )
    const notices = alice.received().flatMap(({ parts }) => parts.filter(({ kind }) => kind === 'notice'))
    expect(notices.at(-1)).toMatchObject({ about: 'kicked', byId: 'bob', userIds: ['carol'], text: 'enough' })
    await clock.advance(DAY)
    expect(carol.transport.can('groups.join', { groupId })).toBe('yes')
    await expect(groupsOf(carol).join(groupId)).resolves.toBe('joined')
    expect((await groupsOf(carol).fetch([groupId]))[0]).not.toHaveProperty('bannedUntil')
  })

  it('stands in the list of the banned as long as it holds, for those who may lift it', async () => {
    const groupId = await groupOf('community')
    await groupsOf(alice).setBanned!(groupId, ['carol'], clock.now() + DAY)
    await groupsOf(alice).setBanned!(groupId, ['dave'], 'forever')
    const listed = await groupsOf(bob).members(groupId, { only: 'banned' })
    expect(listed.items).toEqual([
      { userId: 'carol', role: 'member', bannedUntil: clock.now() + DAY },
      { userId: 'dave', role: 'member', bannedUntil: 'forever' },
    ])
    expect((await groupsOf(bob).members(groupId, { only: 'banned', text: 'dav' })).items).toMatchObject([
      { userId: 'dave' },
    ])
    await clock.advance(DAY)
    expect((await groupsOf(bob).members(groupId, { only: 'banned' })).items).toMatchObject([
      { userId: 'dave' },
    ])
    await groupsOf(alice).setRole!(groupId, ['bob'], 'member')
    await expect(groupsOf(bob).members(groupId, { only: 'banned' })).rejects.toMatchObject({ code: 10007 })
  })

  it('is lifted: whoever it was on is told, and comes back', async () => {
    const groupId = await groupOf('public')
    await groupsOf(alice).setBanned!(groupId, ['carol'], 'forever')
    await carol.until(() =>
      expect(carol.transport.can('groups.join', { groupId })).toMatchObject({ code: 'banned-from-group' }),
    )
    await groupsOf(bob).setBanned!(groupId, ['carol'], null)
    await carol.until(() => expect(carol.transport.can('groups.join', { groupId })).toBe('yes'))
    await expect(groupsOf(carol).join(groupId)).resolves.toBe('joined')
  })

  it('holds against invitations and against requests to join', async () => {
    const groupId = await groupOf('public')
    await groupsOf(alice).update!({ id: groupId, joining: 'approval' })
    await groupsOf(carol).quit(groupId)
    await expect(groupsOf(carol).join(groupId)).resolves.toBe('pending')
    const [application] = (await groupsOf(alice).applications!()).items
    await groupsOf(alice).setBanned!(groupId, ['carol'], 'forever')
    const refusal = { domain: 'parley', code: 'member-banned', kind: 'forbidden' }
    await expect(groupsOf(alice).answer!(application!.id, 'accept')).rejects.toMatchObject(refusal)
    const { done, failed } = await groupsOf(bob).invite!(groupId, ['carol', 'dave'])
    expect(done).toEqual(['dave'])
    expect(failed).toMatchObject([{ id: 'carol', error: refusal }])
  })

  it('is for nobody of the same rank or above, and for nobody who does not exist', async () => {
    const groupId = await groupOf('public')
    const { done, failed } = await groupsOf(bob).setBanned!(
      groupId,
      ['alice', 'bob', 'carol', 'nobody'],
      'forever',
    )
    expect(done).toEqual(['carol'])
    expect(failed.map(({ id, error }) => [id, error.code])).toEqual([
      ['alice', 10007],
      ['bob', 10007],
      ['nobody', 20003],
    ])
  })

  it('of a group that was dissolved does not outlive it', async () => {
    await groupsOf(alice).create({ id: 'club', type: 'public', name: 'club', joining: 'free' }, ['carol'])
    await groupsOf(alice).setBanned!('club', ['carol'], 'forever')
    await groupsOf(alice).dissolve!('club')
    await groupsOf(alice).create({ id: 'club', type: 'public', name: 'club', joining: 'free' }, [])
    await expect(groupsOf(carol).join('club')).resolves.toBe('joined')
  })
})

describe.each(['work', 'public', 'meeting', 'live', 'community'] as const)(
  'In a group of type %s',
  (type) => {
    it('bans exactly who may put out', async () => {
      for (const [letter, person] of [
        ['o', alice],
        ['a', bob],
        ['m', carol],
      ] as const) {
        if (letter === 'a' && POWERS['canSetAdmins']?.[type] !== 'o') continue
        const groupId = await groupOf(type)
        const isAllowed = POWERS['canKick']?.[type].includes(letter)
        await groupsOf(person).fetch([groupId])
        const verdict = person.transport.can('groups.setBanned', { groupId })
        expect(verdict).toEqual(isAllowed ? 'yes' : expect.objectContaining({ code: 10007 }))
        const outcome = await groupsOf(person).setBanned!(groupId, ['dave'], 'forever').then(
          ({ done }) => done,
          ({ code }: { code: unknown }) => code,
        )
        expect(outcome).toEqual(isAllowed ? ['dave'] : 10007)
      }
    })
  },
)
