import type { GroupType, Member } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh } from '../person'
import type { Person } from '../person'
import type { Check } from '../topic'
import { groupOf, membersOf } from './groupReading'

/** Every type of group. */
export const TYPES: readonly GroupType[] = ['work', 'public', 'meeting', 'live', 'community']

/** Which groups there are. */
export function listChecks(check: Check): void {
  check('I2', 'lists one’s groups, each once', ['groups.list', 'a group'], async ({ group }) => {
    const { groupId, people } = await group()
    for (const person of people) {
      const ids: string[] = []
      await person.hears(`it is in the list of ${person.userId}`, async () => {
        ids.splice(0)
        let cursor: string | undefined
        do {
          const page = await person.transport.groups?.list(cursor)
          ids.push(...(page?.items.map(({ id }) => id) ?? []))
          cursor = page?.next
        } while (cursor !== undefined)
        return ids.includes(groupId) || undefined
      })
      ensureSame(ids.length, new Set(ids).size, 'the number of groups and of different ones')
    }
  })
  check('G7', 'fetches a group by its id', ['groups.fetch', 'a group'], async ({ group }) => {
    const { groupId, people } = await group()
    for (const person of people) {
      const found = await groupOf(person, groupId)
      ensure(found, `${person.userId} cannot fetch it`)
      ensureSame([found.id, found.state], [groupId, 'joined'], 'id and state')
      ensure(TYPES.includes(found.type), `'${found.type}' is no type`)
    }
  })
  check(
    'G7',
    'fetches one that is asked for twice once, and makes none up',
    ['groups.fetch', 'a group'],
    async ({ group }) => {
      const { groupId, people } = await group()
      const [one] = people as [Person]
      const found = (await one.transport.groups?.fetch([groupId, groupId, fresh('no-group')])) ?? []
      ensureSame(found.filter(({ id }) => id === groupId).length, 1, 'how often it is answered')
      ensure(
        found.every(({ id, state }) => id === groupId || state !== 'joined'),
        'it says that one is in a group that is none',
      )
    },
  )
  check('G7', 'answers nothing where nothing is asked', ['groups.fetch'], async ({ one }) => {
    ensureSame(await (await one()).transport.groups?.fetch([]), [], 'the answer')
  })
}

/** Who is in a group. */
export function memberChecks(check: Check): void {
  check(
    'I3, I4',
    'lists everybody in it, and one owner',
    ['groups.members', 'a group'],
    async ({ group }) => {
      const { groupId, people } = await group()
      const [one] = people as [Person]
      await one.hears('all are in the list', async () => {
        const members = await membersOf(one, groupId)
        ensureSame(
          members.map(({ userId }) => userId).sort(),
          people.map(({ userId }) => userId).sort(),
          'the members',
        )
        ensureSame(
          members.filter(({ role }) => role === 'owner').map(({ userId }) => userId),
          [one.userId],
          'the owners',
        )
        return true
      })
    },
  )
  check('I3', 'shows every member the same list', ['groups.members', 'a group'], async ({ group }) => {
    const { groupId, people } = await group()
    const idsFor = async (person: Person) =>
      (await membersOf(person, groupId)).map(({ userId }) => userId).sort()
    const [one, ...others] = people as readonly [Person, ...Person[]]
    for (const person of others)
      ensureSame(await idsFor(person), await idsFor(one), `the list of ${person.userId}`)
  })
  check('I3', 'lists the members that are asked for', ['groups.members', 'a group'], async ({ group }) => {
    const { groupId, people } = await group()
    const [one, two] = people as [Person, Person]
    const page = await one.transport.groups?.members(groupId, {
      ids: [two.userId, fresh('nobody').slice(0, 32)],
    })
    ensureSame(
      page?.items.map(({ userId }) => userId),
      [two.userId],
      'the members',
    )
  })
  check('I4', 'lists those who lead', ['groups.members', 'a group'], async ({ group }) => {
    const { groupId, people } = await group()
    const [one] = people as [Person]
    const { answer } = await answerOrRefusal(
      () => one.transport.groups?.members(groupId, { only: 'admins' }),
      'members',
    )
    if (!answer) return
    const { items } = answer as { items: readonly Member[] }
    ensure(
      items.every(({ role }) => role !== 'member'),
      'somebody who leads nothing is among them',
    )
  })
  for (const only of ['muted', 'banned', 'online'] as const) {
    check(
      'I5, I6',
      `lists those who are ${only}, or says that it does not`,
      ['groups.members', 'a group'],
      async ({ group }) => {
        const { groupId, people } = await group()
        const [one] = people as [Person]
        await answerOrRefusal(() => one.transport.groups?.members(groupId, { only }), 'members')
      },
    )
  }
  check('I3', 'finds a member by his id', ['groups.members', 'a group'], async ({ group }) => {
    const { groupId, people } = await group()
    const [one, two] = people as [Person, Person]
    const { answer } = await answerOrRefusal(
      () => one.transport.groups?.members(groupId, { text: two.userId }),
      'members',
    )
    if (!answer) return
    const { items } = answer as { items: readonly Member[] }
    ensure(
      items.some(({ userId }) => userId === two.userId),
      'he is not found',
    )
  })
  check('K2', 'refuses the members of a group that is none', ['groups.members'], async ({ one }) => {
    const { transport } = await one()
    await refusalOf(() => transport.groups?.members('no-such-group', {}), 'members')
  })
}
