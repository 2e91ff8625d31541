import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh } from '../person'
import type { Check } from '../topic'
import { ensureBatch } from './batch'
import { groupOf, memberOf, membersOf } from './groupReading'
import { groupOfTwo, muteChecks, applicationChecks, bagChecks } from './groupRules'

/** What owners and admins do. Each check has a group of its own. */
export function groupAdminChecks(check: Check): void {
  profileChecks(check)
  peopleChecks(check)
  muteChecks(check)
  applicationChecks(check)
  bagChecks(check)
}

function profileChecks(check: Check): void {
  for (const [field, value] of [
    ['name', 'New <name> & 名'],
    ['intro', 'about &lt;us&gt;'],
    ['announcement', 'read this\nplease'],
  ] as const) {
    check(
      'I7, B1',
      `changes the ${field} for everybody`,
      ['groups.update', 'groups.create', 'groups.fetch'],
      async (cast) => {
        const { groupId, owner, guest } = await groupOfTwo(cast)
        const { refusal } = await answerOrRefusal(
          () => owner.transport.groups?.update?.({ id: groupId, [field]: value }),
          'update',
        )
        if (refusal) return ensureSame(refusal.kind, 'unsupported', 'why the owner cannot change it')
        await guest.hears(
          'the other one can fetch it',
          async () => (ensureSame((await groupOf(guest, groupId))?.[field], value, field), true),
        )
      },
    )
  }
  check('I7', 'tells the others of a new name', ['groups.update', 'groups.create'], async (cast) => {
    const { groupId, owner, guest } = await groupOfTwo(cast)
    const name = fresh('new')
    await owner.transport.groups?.update?.({ id: groupId, name })
    await guest.hears(
      'group.changed says so',
      () =>
        guest
          .told('group.changed')
          .some(({ groups }) => groups.some((it) => it.id === groupId && it.name === name)) || undefined,
    )
  })
  check(
    'contract: patches',
    'leaves alone what an update does not name',
    ['groups.update', 'groups.create', 'groups.fetch'],
    async (cast) => {
      const { groupId, owner } = await groupOfTwo(cast)
      const before = await groupOf(owner, groupId)
      await answerOrRefusal(
        () => owner.transport.groups?.update?.({ id: groupId, announcement: 'news' }),
        'update',
      )
      ensureSame((await groupOf(owner, groupId))?.name, before?.name, 'the name')
    },
  )
  check(
    'I4, contract: can',
    'agrees with can about a member’s changing the name',
    ['groups.update', 'groups.create'],
    async (cast) => {
      const { groupId, guest } = await groupOfTwo(cast)
      const verdict = guest.transport.can('groups.update', { groupId })
      const { answer, refusal } = await answerOrRefusal(async () => {
        await guest.transport.groups?.update?.({ id: groupId, name: fresh('mine') })
        return true
      }, 'update')
      if (verdict === 'yes') ensure(answer, `can says yes, and update refuses with ${refusal?.code}`)
      if (typeof verdict === 'object') ensure(refusal, 'can refuses, and update takes it')
    },
  )
  check(
    'I3',
    'keeps a name card',
    ['groups.updateMember', 'groups.create', 'groups.members'],
    async (cast) => {
      const { groupId, owner, guest } = await groupOfTwo(cast)
      await guest.transport.groups?.updateMember?.(groupId, { userId: guest.userId, nameCard: 'Bob <b> 鲍' })
      await owner.hears(
        'the list has it',
        async () => (
          ensureSame((await memberOf(owner, groupId, guest.userId))?.nameCard, 'Bob <b> 鲍', 'the name card'),
          true
        ),
      )
    },
  )
  check(
    'H7',
    'saves a group and takes it back',
    ['groups.setSaved', 'groups.create', 'groups.fetch'],
    async (cast) => {
      const { groupId, owner } = await groupOfTwo(cast)
      for (const isSaved of [true, false]) {
        await owner.transport.groups?.setSaved?.(groupId, isSaved)
        await owner.hears(
          `isSaved becomes ${isSaved}`,
          async () => ((await groupOf(owner, groupId))?.isSaved ?? false) === isSaved || undefined,
        )
      }
    },
  )
}

function peopleChecks(check: Check): void {
  check(
    'I2',
    'invites somebody',
    ['groups.invite', 'groups.create', 'three users'],
    async ({ one, two, three }) => {
      const [owner, guest] = [await one(), await three()]
      const type = owner.transport.groups?.types.find((it) => it !== 'live') ?? 'work'
      const made = await owner.transport.groups?.create({ type, name: fresh('g') }, [(await two()).userId])
      const groupId = made?.group.id ?? ''
      const result = ensureBatch(
        await owner.transport.groups?.invite?.(groupId, [guest.userId], 'come in'),
        [guest.userId],
        'invite',
      )
      ensureSame(result.failed, [], 'who could not be invited')
      if (result.pending.length > 0) {
        await guest.hears('the invitation comes', async () => {
          if (
            guest
              .told('application.changed')
              .some(({ applications }) => applications.some((it) => it.groupId === groupId))
          )
            return true
          const page = await guest.transport.groups?.applications?.()
          return page?.items.some((it) => it.groupId === groupId && it.kind === 'invites-me') || undefined
        })
        await guest.transport.groups?.join(groupId)
      }
      await guest.hears('he can open the conversation', async () =>
        guest.talkIn(groupId).catch(() => undefined),
      )
    },
  )
  check(
    'I4',
    'makes an admin and a member again',
    ['groups.setRole', 'groups.create', 'groups.members'],
    async (cast) => {
      const { groupId, owner, guest } = await groupOfTwo(cast)
      const verdict = owner.transport.can('groups.setRole', { groupId })
      if (typeof verdict === 'object')
        return void (await refusalOf(
          () => owner.transport.groups?.setRole?.(groupId, [guest.userId], 'admin'),
          'setRole',
        ))
      for (const role of ['admin', 'member'] as const) {
        ensureBatch(
          await owner.transport.groups?.setRole?.(groupId, [guest.userId], role),
          [guest.userId],
          'setRole',
        )
        await owner.hears(
          `he is ${role}`,
          async () => (await memberOf(owner, groupId, guest.userId))?.role === role || undefined,
        )
      }
    },
  )
  check('I4', 'tells everybody of a new admin', ['groups.setRole', 'groups.create'], async (cast) => {
    const { groupId, owner, guest } = await groupOfTwo(cast)
    if (typeof owner.transport.can('groups.setRole', { groupId }) === 'object') return
    await owner.transport.groups?.setRole?.(groupId, [guest.userId], 'admin')
    await guest.hears('he is told himself', () => {
      const members = guest
        .told('member.changed')
        .flatMap((event) => (event.groupId === groupId ? event.members : []))
      const groups = guest.told('group.changed').flatMap((event) => event.groups)
      return (
        members.some((it) => it.userId === guest.userId && it.role === 'admin') ||
        groups.some((it) => it.id === groupId && it.me?.role === 'admin') ||
        undefined
      )
    })
  })
  check('I4', 'lets no member make admins', ['groups.setRole', 'groups.create'], async (cast) => {
    const { groupId, guest } = await groupOfTwo(cast)
    const { answer } = await answerOrRefusal(
      () => guest.transport.groups?.setRole?.(groupId, [guest.userId], 'admin'),
      'setRole',
    )
    if (answer)
      ensureSame(ensureBatch(answer, [guest.userId], 'setRole').done, [], 'whom a member has made admin')
  })
  check(
    'I4',
    'hands the group over',
    ['groups.transfer', 'groups.create', 'groups.members'],
    async (cast) => {
      const { groupId, owner, guest } = await groupOfTwo(cast)
      await owner.transport.groups?.transfer?.(groupId, guest.userId)
      await owner.hears('the new one owns it', async () => {
        const owners = (await membersOf(owner, groupId)).filter(({ role }) => role === 'owner')
        return (owners.length === 1 && owners[0]?.userId === guest.userId) || undefined
      })
    },
  )
  check(
    'I6',
    'puts somebody out, who hears it',
    ['groups.kick', 'groups.create', 'groups.members'],
    async (cast) => {
      const { groupId, owner, guest } = await groupOfTwo(cast)
      ensureBatch(
        await owner.transport.groups?.kick?.(groupId, [guest.userId], 'bye <b>'),
        [guest.userId],
        'kick',
      )
      await owner.hears(
        'he is in the list no more',
        async () => !(await memberOf(owner, groupId, guest.userId)) || undefined,
      )
      await guest.hears('he is told that he is out', async () => {
        const isTold = guest
          .told('member.removed')
          .some((event) => event.groupId === groupId && event.userIds.includes(guest.userId))
        return isTold || (await groupOf(guest, groupId))?.state !== 'joined' || undefined
      })
    },
  )
  check(
    'I6',
    'keeps whoever was put out from writing',
    ['groups.kick', 'groups.create', 'messages.send'],
    async (cast) => {
      const { groupId, owner, guest, idOf } = await groupOfTwo(cast)
      await owner.transport.groups?.kick?.(groupId, [guest.userId])
      await guest.hears(
        'he can write no more',
        async () =>
          (await answerOrRefusal(() => guest.say(idOf(guest), fresh('still here?')), 'send')).refusal,
      )
    },
  )
  check(
    'I6',
    'lets no member put out the owner',
    ['groups.kick', 'groups.create', 'groups.members'],
    async (cast) => {
      const { groupId, owner, guest } = await groupOfTwo(cast)
      const { answer } = await answerOrRefusal(
        () => guest.transport.groups?.kick?.(groupId, [owner.userId]),
        'kick',
      )
      if (answer)
        ensureSame(ensureBatch(answer, [owner.userId], 'kick').done, [], 'whom a member has put out')
      ensure(await memberOf(owner, groupId, owner.userId), 'the owner is out')
    },
  )
  check(
    'I6',
    'bans and lifts the ban',
    ['groups.setBanned', 'groups.create', 'groups.members'],
    async (cast) => {
      const { groupId, owner, guest } = await groupOfTwo(cast)
      ensureBatch(
        await owner.transport.groups?.setBanned?.(groupId, [guest.userId], 'forever', 'enough'),
        [guest.userId],
        'setBanned',
      )
      await owner.hears(
        'he is in the list no more',
        async () => !(await memberOf(owner, groupId, guest.userId)) || undefined,
      )
      await refusalOf(() => guest.transport.groups?.join(groupId), 'joining while banned')
      ensureBatch(
        await owner.transport.groups?.setBanned?.(groupId, [guest.userId], null),
        [guest.userId],
        'setBanned',
      )
    },
  )
  check(
    'I2',
    'dissolves a group for everybody',
    ['groups.dissolve', 'groups.create', 'groups.fetch'],
    async (cast) => {
      const { groupId, owner, guest, idOf } = await groupOfTwo(cast)
      const verdict = owner.transport.can('groups.dissolve', { groupId })
      const { refusal } = await answerOrRefusal(async () => {
        await owner.transport.groups?.dissolve?.(groupId)
        return true
      }, 'dissolve')
      if (refusal) return ensure(verdict !== 'yes', `can says yes, and dissolve refuses with ${refusal.code}`)
      await guest.hears('the other one knows', async () => {
        const isTold = guest
          .told('group.changed')
          .some(({ groups }) => groups.some((it) => it.id === groupId && it.state === 'dissolved'))
        return isTold || (await groupOf(guest, groupId))?.state !== 'joined' || undefined
      })
      await refusalOf(() => guest.say(idOf(guest), fresh('anybody here?')), 'writing into a dissolved group')
    },
  )
  check(
    'I2',
    'lets no member dissolve it',
    ['groups.dissolve', 'groups.create', 'groups.fetch'],
    async (cast) => {
      const { groupId, guest, owner } = await groupOfTwo(cast)
      await refusalOf(() => guest.transport.groups?.dissolve?.(groupId), 'dissolve by a member')
      ensureSame((await groupOf(owner, groupId))?.state, 'joined', 'the group')
    },
  )
}
