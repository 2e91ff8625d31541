import type { Group, GroupType } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, textOf } from '../person'
import type { Person } from '../person'
import type { Cast, Check } from '../topic'
import { ensureBatch } from './batch'
import { memberOf } from './groupReading'

/** A new group with its owner and its first member. */
export async function groupOfTwo({ makeGroup }: Cast, type?: GroupType) {
  const { groupId, people, idOf } = await makeGroup(type)
  const [owner, guest] = people as [Person, Person]
  return { groupId, owner, guest, others: people.slice(2), idOf }
}

/** A group whose owner can mute: not every type has that. */
async function groupToMuteIn(cast: Cast) {
  const usual = await groupOfTwo(cast)
  const { groups, can } = usual.owner.transport
  if (typeof can('groups.setMuted', { groupId: usual.groupId }) === 'string') return usual
  for (const type of (groups?.types ?? []).filter((type) => type !== 'live')) {
    const made = await groupOfTwo(cast, type)
    if (typeof can('groups.setMuted', { groupId: made.groupId }) === 'string') return made
  }
  return usual
}

/** Who may not speak. */
export function muteChecks(check: Check): void {
  const needs = ['groups.setMuted', 'groups.create', 'messages.send'] as const
  check('I5', 'mutes a member, who can write no more until it is lifted', needs, async (cast) => {
    const { groupId, owner, guest, idOf } = await groupToMuteIn(cast)
    ensure(
      owner.transport.groups?.mutes,
      'setMuted is there, and `mutes` does not say whether a mute can end by itself',
    )
    ensureBatch(
      await owner.transport.groups.setMuted?.(groupId, [guest.userId], 'forever'),
      [guest.userId],
      'setMuted',
    )
    const refusal = await guest.hears(
      'he can write no more',
      async () => (await answerOrRefusal(() => guest.say(idOf(guest), fresh('mmm')), 'send')).refusal,
    )
    ensure(['muted', 'forbidden'].includes(refusal.kind), `he is refused as '${refusal.kind}'`)
    await owner.transport.groups.setMuted?.(groupId, [guest.userId], null)
    const text = fresh('again')
    await guest.hears(
      'he can write again',
      async () => (await answerOrRefusal(() => guest.say(idOf(guest), text), 'send')).answer,
    )
    await owner.gets(text)
  })
  check('I5, contract: can', 'tells the muted one before he writes', needs, async (cast) => {
    const { groupId, owner, guest, idOf } = await groupToMuteIn(cast)
    await owner.transport.groups?.setMuted?.(groupId, [guest.userId], 'forever')
    await guest.hears(
      'can refuses sending',
      () => guest.transport.can('messages.send', { conversationId: idOf(guest) }) !== 'yes' || undefined,
    )
  })
  check('I5', 'mutes for a time', needs, async (cast) => {
    const { groupId, owner, guest, idOf } = await groupToMuteIn(cast)
    if (owner.transport.groups?.mutes !== 'timed') return
    const until = Date.now() + 3_600_000
    await owner.transport.groups.setMuted?.(groupId, [guest.userId], until)
    const refusal = await guest.hears(
      'he can write no more',
      async () => (await answerOrRefusal(() => guest.say(idOf(guest), fresh('mmm')), 'send')).refusal,
    )
    ensure(
      refusal.untilAt === undefined || Math.abs(refusal.untilAt - until) < 120_000,
      'the error names another end',
    )
  })
  check('I5', 'leaves the others their voice', needs, async (cast) => {
    const { groupId, owner, guest, idOf } = await groupToMuteIn(cast)
    await owner.transport.groups?.setMuted?.(groupId, [guest.userId], 'forever')
    const text = fresh('you cannot answer')
    await owner.say(idOf(owner), text)
    await guest.gets(text)
  })
  check(
    'I4, I5',
    'lets no member mute the owner',
    ['groups.setMuted', 'groups.create', 'messages.send'],
    async (cast) => {
      const { groupId, owner, guest, idOf } = await groupToMuteIn(cast)
      const { answer } = await answerOrRefusal(
        () => guest.transport.groups?.setMuted?.(groupId, [owner.userId], 'forever'),
        'setMuted',
      )
      if (answer)
        ensureSame(ensureBatch(answer, [owner.userId], 'setMuted').done, [], 'whom a member has muted')
      await owner.say(idOf(owner), fresh('still mine'))
    },
  )
}

/** Who asks to come in. */
export function applicationChecks(check: Check): void {
  check(
    'I2',
    'lets an owner accept or refuse whoever asks to come in',
    ['groups.applications', 'groups.answer', 'groups.create', 'groups.join', 'groups.members'],
    async ({ one, two }) => {
      const [owner, guest] = [await one(), await two()]
      const type = owner.transport.groups?.types.find((it) => it === 'public')
      if (!type) return
      for (const verdict of ['refuse', 'accept'] as const) {
        const { answer: made, refusal } = await answerOrRefusal(
          () => owner.transport.groups?.create({ type, name: fresh('closed'), joining: 'approval' }, []),
          'create',
        )
        // Where nobody can ask to come in, applications are invitations alone.
        if (refusal?.kind === 'unsupported') return
        ensure(refusal === undefined, `no group with approval can be made: ${refusal?.code}`)
        const groupId = (made as { readonly group: Group } | undefined)?.group.id ?? ''
        const { answer } = await answerOrRefusal(
          () => guest.transport.groups?.join(groupId, 'please <let> me in'),
          'join',
        )
        if (answer !== 'pending') return
        const application = await owner.hears('the application comes', async () => {
          const page = await owner.transport.groups?.applications?.()
          return page?.items.find(
            (it) => it.groupId === groupId && it.userId === guest.userId && it.state === 'pending',
          )
        })
        ensure(
          application.wording === undefined || application.wording === 'please <let> me in',
          `the words came as "${application.wording}"`,
        )
        await owner.transport.groups?.answer?.(application.id, verdict)
        await owner.hears(
          `he is ${verdict === 'accept' ? 'in' : 'not in'}`,
          async () =>
            ((await memberOf(owner, groupId, guest.userId)) !== undefined) === (verdict === 'accept') ||
            undefined,
        )
      }
    },
  )
  check('K2', 'refuses to answer an application that is none', ['groups.answer'], async ({ one }) => {
    const { transport } = await one()
    await refusalOf(() => transport.groups?.answer?.('no such application', 'accept'), 'answer')
  })
}

/** What the app keeps with a group. */
export function bagChecks(check: Check): void {
  check(
    'I8, B1',
    'writes, reads and deletes attributes',
    ['groups.writeAttributes', 'groups.readAttributes', 'groups.create'],
    async (cast) => {
      const { groupId, owner, guest } = await groupOfTwo(cast)
      await owner.transport.groups?.writeAttributes?.(groupId, { a: '1', b: '<&> 你' }, [])
      await guest.hears(
        'the other one reads both',
        async () => (
          ensureSame(
            await guest.transport.groups?.readAttributes?.(groupId),
            { a: '1', b: '<&> 你' },
            'the attributes',
          ),
          true
        ),
      )
      await owner.transport.groups?.writeAttributes?.(groupId, { b: '2' }, ['a'])
      await guest.hears(
        'one is changed, one is gone',
        async () => (
          ensureSame(await guest.transport.groups?.readAttributes?.(groupId), { b: '2' }, 'the attributes'),
          true
        ),
      )
    },
  )
  check('I8', 'counts', ['groups.writeCounter', 'groups.readCounters', 'groups.create'], async (cast) => {
    const { groupId, owner, guest } = await groupOfTwo(cast)
    ensureSame(await owner.transport.groups?.writeCounter?.(groupId, 'likes', { set: 5 }), 5, 'set')
    ensureSame(await owner.transport.groups?.writeCounter?.(groupId, 'likes', { add: -2 }), 3, 'add')
    await guest.hears(
      'the other one reads it',
      async () => (
        ensureSame((await guest.transport.groups?.readCounters?.(groupId))?.['likes'], 3, 'the counter'),
        true
      ),
    )
  })
  check('J5', 'counts who is there', ['groups.onlineCount', 'groups.create'], async (cast) => {
    const { groupId, owner } = await groupOfTwo(cast)
    const count = await owner.transport.groups?.onlineCount?.(groupId)
    ensure(count !== undefined && count >= 0 && Number.isInteger(count), `${count} are there`)
  })
  check('I2', 'finds a group by its name', ['groups.findGroups', 'groups.create'], async ({ one, two }) => {
    const [owner, guest] = [await one(), await two()]
    const name = fresh('findme')
    const types = owner.transport.groups?.types ?? []
    const type = types.find((it) => it === 'public') ?? types[0] ?? 'work'
    const made = await owner.transport.groups?.create({ type, name }, [])
    const { answer } = await answerOrRefusal(() => guest.transport.groups?.findGroups?.(name), 'findGroups')
    if (!answer || type !== 'public') return
    await guest.hears(
      'it is found',
      async () =>
        (await guest.transport.groups?.findGroups?.(name))?.items.some(({ id }) => id === made?.group.id) ||
        undefined,
    )
  })
  check(
    'I6',
    'writes on after people have come and gone',
    ['groups.create', 'messages.send'],
    async (cast) => {
      const { owner, guest, idOf } = await groupOfTwo(cast)
      const text = fresh('hello all')
      await owner.say(idOf(owner), text)
      ensureSame(textOf(await guest.gets(text)), text, 'the text')
    },
  )
}
