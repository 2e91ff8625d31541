import type { Group } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh } from '../person'
import type { Person } from '../person'
import type { Check, Suite } from '../topic'
import { ensureBatch } from './batch'
import { groupAdminChecks } from './groupAdmin'
import { groupOf } from './groupReading'
import { TEXTS } from './texts'
import { TYPES, listChecks, memberChecks } from './groupLists'
import { usual, doorChecks } from './groupDoors'

/** Groups, who is in them, and what they may. */
export function groupChecks(suite: Suite): void {
  suite.topic('Groups', (check) => {
    createChecks(check)
    listChecks(check)
    memberChecks(check)
  })
  suite.topic('Joining and leaving groups', doorChecks)
  suite.topic('Leading groups', groupAdminChecks)
}

function createChecks(check: Check): void {
  check('I1', 'names the types it can create', ['groups.create'], async ({ one }) => {
    const types = (await one()).transport.groups?.types ?? []
    ensure(types.length > 0 && types.every((type) => TYPES.includes(type)), `types is ${types.join(', ')}`)
  })
  for (const type of TYPES) {
    check('I2', `creates a ${type} group, if it has that type`, ['groups.create'], async ({ one }) => {
      const { transport, userId } = await one()
      const isOffered = transport.groups?.types.includes(type)
      const name = fresh(type)
      const { answer, refusal } = await answerOrRefusal(
        () => transport.groups?.create({ type, name }, []),
        'create',
      )
      ensure(
        isOffered === (answer !== undefined),
        isOffered
          ? `types has '${type}', and create refuses with ${refusal?.code}`
          : `types lacks '${type}', and create takes it`,
      )
      if (!answer) return
      const { group } = answer as { group: Group }
      ensureSame([group.type, group.name, group.state], [type, name, 'joined'], 'type, name and state')
      ensure(group.ownerId === undefined || group.ownerId === userId, 'somebody else owns it')
      ensure(group.me === undefined || group.me.role === 'owner', `whoever made it is ${group.me?.role}`)
    })
  }
  check('I2', 'answers for each member it was given', ['groups.create'], async ({ one, two }) => {
    const [me, { userId }] = [await one(), await two()]
    const made = await me.transport.groups?.create({ type: usual(me), name: fresh('g') }, [userId])
    ensureBatch(made?.members, [userId], 'create')
    ensureSame(made?.members.failed, [], 'who could not be put in')
  })
  check('I2', 'makes a group whole when somebody cannot be put in', ['groups.create'], async ({ one }) => {
    const me = await one()
    const nobody = fresh('nobody').slice(0, 32)
    const { answer } = await answerOrRefusal(
      () => me.transport.groups?.create({ type: usual(me), name: fresh('g') }, [nobody]),
      'create',
    )
    if (!answer) return
    const { group, members } = answer as { group: Group; members: unknown }
    ensureBatch(members, [nobody], 'create')
    ensure(await groupOf(me, group.id), 'the group is not there')
  })
  for (const { about, text } of TEXTS.slice(5, 14)) {
    check('B1, I7', `keeps a name with ${about} as it is`, ['groups.create'], async ({ one }) => {
      const me = await one()
      const name = text.slice(0, 28)
      const made = await me.transport.groups?.create({ type: usual(me), name }, [])
      ensureSame(made?.group.name, name, 'the name in the answer')
      await me.hears(
        'it can be fetched',
        async () => (ensureSame((await groupOf(me, made?.group.id ?? ''))?.name, name, 'the name'), true),
      )
    })
  }
  check('I7', 'keeps an introduction and an announcement', ['groups.create'], async ({ one }) => {
    const me = await one()
    const given = {
      type: usual(me),
      name: fresh('g'),
      intro: 'about <us> & 我们',
      announcement: 'read\nthis',
    }
    const { answer } = await answerOrRefusal(() => me.transport.groups?.create(given, []), 'create')
    if (!answer) return
    const found = await groupOf(me, (answer as { group: Group }).group.id)
    if (found?.intro !== undefined) ensureSame(found.intro, given.intro, 'the introduction')
    if (found?.announcement !== undefined)
      ensureSame(found.announcement, given.announcement, 'the announcement')
  })
  check('I11', 'takes an id of one’s own once, or not at all', ['groups.create'], async ({ one }) => {
    const me = await one()
    const id = fresh('gid')
    const given = { id, type: usual(me), name: fresh('g') }
    const { answer } = await answerOrRefusal(() => me.transport.groups?.create(given, []), 'create')
    if (!answer || (answer as { group: Group }).group.id !== id) return
    await refusalOf(
      () => me.transport.groups?.create(given, []),
      'creating a group under an id that is taken',
    )
  })
  check('K2, I7', 'refuses a name beyond its limit', ['groups.create'], async ({ one }) => {
    const { transport } = await one()
    const { groupNameBytes } = transport.limits()
    if (groupNameBytes === undefined) return
    const name = '界'.repeat(Math.ceil(groupNameBytes / 3) + 1)
    await refusalOf(
      () => transport.groups?.create({ type: transport.groups.types[0] ?? 'work', name }, []),
      'a name that is too long',
    )
  })
  check('I2, F1', 'puts the conversation into everybody’s list', ['groups.create'], async (cast) => {
    const { people, idOf } = await cast.makeGroup()
    const text = fresh('welcome')
    const [one] = people as [Person]
    await one.say(idOf(one), text)
    for (const person of people) {
      await person.gets(text)
      await person.hears(
        `it is in the list of ${person.userId}`,
        async () =>
          (await person.transport.conversations.list()).items.some(({ id }) => id === idOf(person)) ||
          undefined,
      )
    }
  })
}
