import type { Group, GroupType } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, textOf } from '../person'
import type { Person } from '../person'
import { recent } from '../reading'
import type { Cast, Check, SharedGroup } from '../topic'
import { groupOf, membersOf } from './groupReading'

/** The type whose members keep what was said. */
export function usual({ transport }: Person): GroupType {
  const types = transport.groups?.types ?? []
  return types.find((type) => type !== 'live') ?? types[0] ?? 'work'
}

/** A group of the first alone, into which anybody may walk, if there is such a type. */
async function openDoor({
  one,
}: Cast): Promise<{ readonly owner: Person; readonly group: Group } | undefined> {
  const owner = await one()
  const types = owner.transport.groups?.types ?? []
  const type = (['public', 'meeting', 'community'] as const).find((it) => types.includes(it))
  if (!type) return undefined
  const made = await owner.transport.groups?.create({ type, name: fresh('open'), joining: 'free' }, [])
  return made && { owner, group: made.group }
}

/** Everybody of a group but its owner. */
function guests({ people }: SharedGroup): readonly Person[] {
  return people.slice(1)
}

/** How people come in and go. */
export function doorChecks(check: Check): void {
  check(
    'I2',
    'lets somebody into an open group, and he can write',
    ['groups.create', 'groups.join', 'messages.send'],
    async (cast) => {
      const door = await openDoor(cast)
      if (!door) return
      const guest = await cast.two()
      const outcome = await guest.transport.groups?.join(door.group.id, 'let me in')
      ensure(outcome === 'joined' || outcome === 'pending', `join answers '${outcome}'`)
      if (outcome === 'pending') return
      const conversation = await guest.hears('he can open the conversation', async () =>
        guest.talkIn(door.group.id).catch(() => undefined),
      )
      const text = fresh('here I am')
      await guest.say(conversation.id, text)
      await door.owner.gets(text)
    },
  )
  check(
    'I2, I4',
    'tells the others that somebody has come',
    ['groups.create', 'groups.join', 'groups.members'],
    async (cast) => {
      const door = await openDoor(cast)
      if (!door) return
      const guest = await cast.two()
      if ((await guest.transport.groups?.join(door.group.id)) !== 'joined') return
      await door.owner.hears('he is told or listed', async () => {
        const isTold = door.owner
          .told('member.changed')
          .some(
            ({ groupId, members }) =>
              groupId === door.group.id && members.some(({ userId }) => userId === guest.userId),
          )
        return (
          isTold ||
          (await membersOf(door.owner, door.group.id)).some(({ userId }) => userId === guest.userId) ||
          undefined
        )
      })
    },
  )
  check(
    'I2, contract: can',
    'agrees with can about joining',
    ['groups.create', 'groups.join', 'groups.fetch'],
    async (cast) => {
      const owner = await cast.one()
      const guest = await cast.two()
      for (const type of owner.transport.groups?.types ?? []) {
        const made = await owner.transport.groups?.create({ type, name: fresh('door') }, [])
        const groupId = made?.group.id ?? ''
        await guest.transport.groups?.fetch([groupId])
        const verdict = guest.transport.can('groups.join', { groupId })
        const { answer, refusal } = await answerOrRefusal(() => guest.transport.groups?.join(groupId), 'join')
        if (verdict === 'yes')
          ensure(
            answer !== undefined,
            `can says yes to joining a ${type} group, and join refuses with ${refusal?.code}`,
          )
        if (typeof verdict === 'object') {
          ensure(refusal, `can refuses joining a ${type} group, and join takes it`)
          ensureSame(
            [verdict.domain, verdict.code],
            [refusal.domain, refusal.code],
            'the error of can and of join',
          )
        }
      }
    },
  )
  check('I2', 'lets nobody in twice', ['groups.join', 'a group'], async ({ group }) => {
    const { groupId, people } = await group()
    const [, two] = people as [Person, Person]
    const { answer } = await answerOrRefusal(() => two.transport.groups?.join(groupId), 'joining again')
    ensure(answer !== 'pending', 'somebody who is in has to wait')
    if (!two.transport.groups?.members) return
    const ids = (await membersOf(two, groupId)).map(({ userId }) => userId)
    ensureSame(ids.length, new Set(ids).size, 'the number of members and of different ones')
  })
  for (const id of ['no-such-group', '', '\u0000', 'x'.repeat(300)]) {
    check('K2', `refuses to join ${JSON.stringify(id.slice(0, 20))}`, ['groups.join'], async ({ one }) => {
      const { transport } = await one()
      await refusalOf(() => transport.groups?.join(id), 'join')
    })
  }
  check(
    'I2',
    'lets a member go, and tells the others',
    ['groups.quit', 'groups.create', 'groups.members'],
    async (cast) => {
      const made = await cast.makeGroup()
      const [owner] = made.people as [Person]
      const [guest] = guests(made) as [Person]
      await guest.transport.groups?.quit(made.groupId)
      await owner.hears(
        'he is in the list no more',
        async () =>
          !(await membersOf(owner, made.groupId)).some(({ userId }) => userId === guest.userId) || undefined,
      )
      await owner.hears(
        'member.removed is told',
        () =>
          owner
            .told('member.removed')
            .some(({ groupId, userIds }) => groupId === made.groupId && userIds.includes(guest.userId)) ||
          undefined,
      )
    },
  )
  check('I2', 'has him out of it himself', ['groups.quit', 'groups.create', 'groups.fetch'], async (cast) => {
    const made = await cast.makeGroup()
    const [guest] = guests(made) as [Person]
    await guest.transport.groups?.quit(made.groupId)
    await guest.hears('the group says so', async () => {
      const found = await groupOf(guest, made.groupId)
      return found?.state !== 'joined' || undefined
    })
    await refusalOf(
      () => guest.say(made.idOf(guest), fresh('from outside')),
      'writing into a group one has left',
    )
  })
  check(
    'J2',
    'brings him nothing of what is said afterwards',
    ['groups.quit', 'groups.create', 'messages.send'],
    async (cast) => {
      const made = await cast.makeGroup()
      const [owner] = made.people as [Person]
      const others = guests(made) as [Person]
      const [guest] = others
      await guest.transport.groups?.quit(made.groupId)
      const text = fresh('among us')
      await owner.say(made.idOf(owner), text)
      await Promise.all(others.slice(1).map((person) => person.gets(text)))
      const direct = fresh('fence')
      const { id } = await owner.talkWith(guest.userId)
      await owner.say(id, direct)
      await guest.gets(direct)
      ensure(!guest.received().some((it) => textOf(it) === text), 'whoever has left hears what is said')
    },
  )
  check(
    'I2',
    'refuses to leave a group one is not in',
    ['groups.quit', 'groups.create'],
    async ({ one, two }) => {
      const [owner, guest] = [await one(), await two()]
      const made = await owner.transport.groups?.create({ type: usual(owner), name: fresh('g') }, [])
      await refusalOf(() => guest.transport.groups?.quit(made?.group.id ?? ''), 'quit')
    },
  )
  check(
    'I2, contract: can',
    'agrees with can about the owner’s leaving',
    ['groups.quit', 'groups.create'],
    async ({ one }) => {
      const owner = await one()
      for (const type of owner.transport.groups?.types ?? []) {
        const made = await owner.transport.groups?.create({ type, name: fresh('mine') }, [])
        const groupId = made?.group.id ?? ''
        const verdict = owner.transport.can('groups.quit', { groupId })
        const { refusal } = await answerOrRefusal(async () => {
          await owner.transport.groups?.quit(groupId)
          return true
        }, 'quit')
        if (verdict === 'yes')
          ensure(
            !refusal,
            `can says yes to the owner's leaving a ${type} group, and quit refuses with ${refusal?.code}`,
          )
        if (typeof verdict === 'object')
          ensureSame(
            [verdict.domain, verdict.code],
            [refusal?.domain, refusal?.code],
            'the error of can and of quit',
          )
      }
    },
  )
  check(
    'D4',
    'lets a member come back',
    ['groups.quit', 'groups.join', 'groups.create', 'messages.send'],
    async (cast) => {
      const door = await openDoor(cast)
      if (!door) return
      const guest = await cast.two()
      if ((await guest.transport.groups?.join(door.group.id)) !== 'joined') return
      await guest.transport.groups?.quit(door.group.id)
      const { answer } = await answerOrRefusal(
        () => guest.transport.groups?.join(door.group.id),
        'joining again',
      )
      if (answer !== 'joined') return
      const conversation = await guest.hears('he can open the conversation', async () =>
        guest.talkIn(door.group.id).catch(() => undefined),
      )
      const text = fresh('back again')
      const { id } = await door.owner.talkIn(door.group.id)
      await door.owner.say(id, text)
      await guest.gets(text)
      ensure(
        (await recent(guest, conversation.id)).some((it) => textOf(it) === text),
        'it is not in his history',
      )
    },
  )
}
