import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, textOf } from '../person'
import type { Person } from '../person'
import type { Check, Suite } from '../topic'
import { exchange } from './exchange'
import { listAll, rowOf, flagChecks, behindChecks } from './conversationFlags'

/** The list and what is set on each row. */
export function conversationChecks(suite: Suite): void {
  suite.topic('Conversations', (check) => {
    listChecks(check)
    openChecks(check)
    flagChecks(check)
  })
  suite.topic('Leaving conversations behind', behindChecks)
}

function listChecks(check: Check): void {
  check(
    'F1',
    'lists a conversation in which something was said, for both',
    ['conversations.list', 'messages.send'],
    async (cast) => {
      const { one, two, oneId, twoId } = await exchange(cast)
      for (const [person, id] of [
        [one, oneId],
        [two, twoId],
      ] as const) {
        await person.hears(
          `it is in the list of ${person.userId}`,
          async () => (await rowOf(person, id)) && true,
        )
      }
    },
  )
  check('F2', 'lists none twice', ['conversations.list'], async ({ one }) => {
    const ids = (await listAll(await one())).map(({ id }) => id)
    ensureSame(ids.length, new Set(ids).size, 'the number of rows and of different ones')
  })
  check('contract: conversation', 'says of each row what it is', ['conversations.list'], async ({ one }) => {
    for (const row of await listAll(await one())) {
      ensure(row.id !== '', 'a row without id')
      ensure(
        ['direct', 'group', 'live', 'channel'].includes(row.kind),
        `'${row.kind}' is no kind of conversation`,
      )
      ensure(row.kind !== 'direct' || row.peerId !== undefined, 'a direct conversation names its peer')
      ensure(row.kind !== 'group' || row.groupId !== undefined, 'a conversation of a group names the group')
      ensure(row.unreadCount === undefined || row.unreadCount >= 0, `${row.unreadCount} are unread`)
    }
  })
  check('F6', 'keeps names and pictures out of the rows', ['conversations.list'], async ({ one }) => {
    for (const row of await listAll(await one())) {
      ensure(
        !('name' in row) && !('title' in row) && !('avatar' in row),
        'a row holds a name or a picture: those come from the profile or the group',
      )
    }
  })
  check('F1', 'tells of the row when something is said', ['messages.send'], async (cast) => {
    const { two, twoId, text } = await exchange(cast)
    await two.hears(
      'conversation.changed speaks of it',
      () =>
        two
          .told('conversation.changed')
          .some(({ conversations }) => conversations.some(({ id }) => id === twoId)) || undefined,
    )
    const last = (await rowOf(two, twoId))?.last
    ensure(
      !last?.parts || textOf({ parts: last.parts }) === text,
      'the newest message of the row is another one',
    )
  })
  check(
    'contract: cursors',
    'answers for a cursor it never gave',
    ['conversations.list'],
    async ({ one }) => {
      const { transport } = await one()
      for (const cursor of ['nonsense', '', '-1', '\u0000'])
        await answerOrRefusal(() => transport.conversations.list(cursor), 'list')
    },
  )
}

function openChecks(check: Check): void {
  check(
    'contract: open',
    'opens the same conversation each time',
    ['conversations.open'],
    async ({ one, two }) => {
      const [person, { userId }] = [await one(), await two()]
      const [a, b] = [await person.talkWith(userId), await person.talkWith(userId)]
      ensureSame([a.id, a.kind, a.peerId], [b.id, 'direct', userId], 'id, kind and peer')
    },
  )
  check(
    'contract: ids are the same on every device',
    'opens it under the same id on another device',
    ['conversations.open', 'two devices'],
    async ({ one, two, arrive, userId }) => {
      const peerId = (await two()).userId
      const [here, there] = [
        await (await one()).talkWith(peerId),
        await (await arrive(userId(0))).talkWith(peerId),
      ]
      ensureSame(there.id, here.id, 'the id')
    },
  )
  check('contract: open', 'opens by the id it gave', ['conversations.open'], async ({ direct }) => {
    const { one, oneId } = await direct()
    ensureSame((await one.transport.conversations.open({ id: oneId })).id, oneId, 'the id')
  })
  check(
    'contract: open',
    'opens the conversation of a group',
    ['conversations.open', 'a group'],
    async ({ group }) => {
      const { groupId, people, idOf } = await group()
      const [one] = people as [Person]
      const conversation = await one.transport.conversations.open({ groupId })
      ensureSame(
        [conversation.id, conversation.kind, conversation.groupId],
        [idOf(one), 'group', groupId],
        'id, kind and group',
      )
    },
  )
  check(
    'contract: ids are not shared',
    'gives two conversations two ids',
    ['conversations.open', 'three users'],
    async ({ one, two, three }) => {
      const [person, second, third] = [await one(), await two(), await three()]
      const [a, b] = [await person.talkWith(second.userId), await person.talkWith(third.userId)]
      ensure(a.id !== b.id, 'two people share one conversation')
    },
  )
  for (const target of [
    { id: 'no such conversation' },
    { groupId: 'no-such-group' },
    { userId: '' },
    { groupId: '' },
    { id: '' },
  ]) {
    check('K2', `refuses to open ${JSON.stringify(target)}`, ['conversations.open'], async ({ one }) => {
      const { transport } = await one()
      await refusalOf(() => transport.conversations.open(target), 'open')
    })
  }
  check('K2', 'answers for a user nobody knows', ['conversations.open'], async ({ one }) => {
    const { transport } = await one()
    await answerOrRefusal(() => transport.conversations.open({ userId: fresh('nobody') }), 'open')
  })
}
