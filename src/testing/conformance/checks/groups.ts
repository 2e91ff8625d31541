import type { Group, GroupType, Member } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, textOf } from '../person'
import type { Person } from '../person'
import { recent } from '../reading'
import type { Cast, Check, SharedGroup, Suite } from '../topic'
import { ensureBatch } from './batch'
import { groupAdminChecks } from './groupAdmin'
import { groupOf, membersOf } from './groupReading'
import { TEXTS } from './texts'

const TYPES: readonly GroupType[] = ['work', 'public', 'meeting', 'live', 'community']

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

/** The type whose members keep what was said. */
function usual({ transport }: Person): GroupType {
  const types = transport.groups?.types ?? []
  return types.find((type) => type !== 'live') ?? types[0] ?? 'work'
}

function listChecks(check: Check): void {
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

function memberChecks(check: Check): void {
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

function doorChecks(check: Check): void {
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
