import type { Message, ReadPoint } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, isSame } from '../person'
import type { Person } from '../person'
import type { Suite } from '../topic'
import { exchange } from './exchange'

/** True where a read point reaches a message. */
function reaches(point: ReadPoint | undefined, message: Message): boolean {
  if (!point) return false
  // A server that stamps whole seconds is a second off.
  if ('at' in point) return point.at >= message.sentAt - 1_000
  const { message: read } = point
  if (isSame(read, message)) return true
  if (read.order && message.order) return read.order.major >= message.order.major
  return (read.sentAt ?? 0) >= message.sentAt
}

/** Where somebody has been heard to have read. */
function readPointsOf(listener: Person, userId: string): readonly ReadPoint[] {
  const receipts = listener.told('receipt.received').flatMap((event) => event.receipts)
  return receipts.flatMap((receipt) =>
    receipt.kind === 'upTo' && receipt.state === 'read' && receipt.userId === userId ? [receipt.point] : [],
  )
}

async function unreadOf(person: Person, id: string): Promise<number | undefined> {
  const { items } = await person.transport.conversations.list()
  return items.find((conversation) => conversation.id === id)?.unreadCount
}

/** How far everybody has read. */
export function receiptChecks(suite: Suite): void {
  suite.topic('Reading', (check) => {
    const needs = ['conversations.markRead', 'messages.send'] as const
    check('E8', 'tells the author how far the other one has read', needs, async (cast) => {
      const { one, two, twoId, sent, got } = await exchange(cast)
      await two.transport.conversations.markRead?.(twoId, got)
      await one.hears(
        'the read receipt is told',
        () => readPointsOf(one, two.userId).some((point) => reaches(point, sent)) || undefined,
      )
    })
    check('contract: markRead', 'answers with the point that was reached', needs, async (cast) => {
      const { two, twoId, got } = await exchange(cast)
      ensure(
        reaches(await two.transport.conversations.markRead?.(twoId, got), got),
        'the point does not reach the message',
      )
    })
    check('contract: read points never move back', 'does not move back', needs, async (cast) => {
      const [earlier, later] = [await exchange(cast), await exchange(cast)]
      const { two, twoId } = later
      await two.transport.conversations.markRead?.(twoId, later.got)
      const point = await two.transport.conversations.markRead?.(twoId, earlier.got)
      const unread = await unreadOf(two, twoId)
      ensure(
        reaches(point, later.got) || unread === undefined || unread === 0,
        'reading an earlier message has made later ones unread',
      )
    })
    check('A5', 'is known on one’s other device', [...needs, 'two devices'], async (cast) => {
      const device = await cast.arrive(cast.userId(1))
      const { two, twoId, got } = await exchange(cast)
      await two.transport.conversations.markRead?.(twoId, got)
      await device.hears(
        'one’s own read position is told',
        () => readPointsOf(device, two.userId).some((point) => reaches(point, got)) || undefined,
      )
    })
    check('F1', 'counts a new message as unread until it is read, if it counts', needs, async (cast) => {
      const { two, twoId, got } = await exchange(cast)
      const unread = await unreadOf(two, twoId)
      if (unread === undefined) return
      await two.hears('it counts as unread', async () => ((await unreadOf(two, twoId)) ?? 0) > 0 || undefined)
      await two.transport.conversations.markRead?.(twoId, got)
      await two.hears('nothing is unread', async () => (await unreadOf(two, twoId)) === 0 || undefined)
    })
    check('F1', 'does not count one’s own message as unread', needs, async (cast) => {
      const { two, twoId, got } = await exchange(cast)
      await two.transport.conversations.markRead?.(twoId, got)
      await two.say(twoId, fresh('my own'))
      const unread = await unreadOf(two, twoId)
      ensure(unread === undefined || unread === 0, `${unread} are unread`)
    })
    check('F2', 'reads everything at once', ['conversations.markAllRead', 'messages.send'], async (cast) => {
      const { two, twoId } = await exchange(cast)
      await two.transport.conversations.markAllRead?.()
      await two.hears('nothing is unread', async () => ((await unreadOf(two, twoId)) ?? 0) === 0 || undefined)
    })
    check('E8', 'works in a group', [...needs, 'a group'], async ({ group }) => {
      const { people, idOf } = await group()
      const [one, two] = people as [Person, Person]
      const text = fresh('read me')
      const sent = await one.say(idOf(one), text)
      const got = await two.gets(text)
      const point = await two.transport.conversations.markRead?.(idOf(two), got)
      ensure(reaches(point, got), 'the point does not reach the message')
      ensure(!readPointsOf(one, 'nobody').length && sent, 'nobody has read')
    })
    check('E8', 'is known to whoever asks later', [...needs, 'messages.fetchReceipts'], async (cast) => {
      const { one, two, oneId, twoId, sent, got } = await exchange(cast)
      await two.transport.conversations.markRead?.(twoId, got)
      await one.hears('the receipts say so', async () => {
        const receipts = (await one.transport.messages.fetchReceipts?.(oneId, [sent])) ?? []
        return (
          receipts.some((receipt) =>
            receipt.kind === 'upTo'
              ? receipt.userId === two.userId && receipt.state === 'read' && reaches(receipt.point, sent)
              : isSame(receipt.ref, sent) && receipt.readCount > 0,
          ) || undefined
        )
      })
    })
    check('E8', 'acknowledges single messages', ['messages.acknowledge', 'messages.send'], async (cast) => {
      const { two, got } = await exchange(cast)
      await two.transport.messages.acknowledge?.([got])
      await two.transport.messages.acknowledge?.([got])
      await answerOrRefusal(() => two.transport.messages.acknowledge?.([]), 'acknowledging nothing')
    })
    check(
      'E8',
      'says who has read a message and who has not',
      ['messages.readers', 'conversations.markRead', 'messages.send', 'a group'],
      async ({ group }) => {
        const { people, idOf } = await group()
        const [one, two] = people as [Person, Person]
        const text = fresh('who has read me')
        const sent = await one.say(idOf(one), text, { hasReceipts: true })
        const got = await two.gets(text)
        await two.transport.conversations.markRead?.(idOf(two), got)
        await two.transport.messages.acknowledge?.([got])
        await one.hears(
          'the list of readers names him',
          async () =>
            (await one.transport.messages.readers?.(sent, 'read'))?.items.includes(two.userId) || undefined,
        )
        const unread = await one.transport.messages.readers?.(sent, 'unread')
        ensure(!unread?.items.includes(two.userId), 'he is also among those who have not read it')
      },
    )
    check('K2', 'refuses a message nobody knows', needs, async ({ direct }) => {
      const { two, twoId } = await direct()
      await answerOrRefusal(
        () => two.transport.conversations.markRead?.(twoId, { conversationId: twoId, keys: [fresh('no')] }),
        'reading up to nothing',
      )
    })
    check('K2', 'refuses a conversation that is none', needs, async ({ two }) => {
      const { transport } = await two()
      await refusalOf(
        () =>
          transport.conversations.markRead?.('no such conversation', {
            conversationId: 'no such conversation',
            keys: ['x'],
          }),
        'markRead',
      )
    })
  })
  suite.topic('Typing', (check) => {
    check('C9', 'tells the other one, and that it has ended', ['messages.setTyping'], async ({ direct }) => {
      const { one, two, oneId, twoId } = await direct()
      for (const isTyping of [true, false]) {
        one.transport.messages.setTyping?.(oneId, isTyping)
        await two.hears(
          `typing is told as ${isTyping}`,
          () =>
            two
              .told('typing.changed')
              .some(
                (event) =>
                  event.userId === one.userId &&
                  event.conversationId === twoId &&
                  event.isTyping === isTyping,
              ) || undefined,
        )
      }
    })
    check(
      'C9',
      'tells nobody that he types himself',
      ['messages.setTyping', 'messages.send'],
      async (cast) => {
        const { one, two, oneId } = await cast.direct()
        one.transport.messages.setTyping?.(oneId, true)
        await two.hears('the other one hears it', () => two.told('typing.changed').length > 0 || undefined)
        await exchange(cast)
        ensureSame(
          one.told('typing.changed').filter(({ userId }) => userId === one.userId),
          [],
          'what one heard of his own typing',
        )
      },
    )
    check(
      'C9',
      'leaves nothing in the history',
      ['messages.setTyping', 'messages.send', 'messages.history'],
      async (cast) => {
        const { one, two, oneId, twoId } = await cast.direct()
        const { messages: before } = await two.transport.messages.history({
          conversationId: twoId,
          from: 'newest',
          direction: 'older',
          count: 1,
        })
        one.transport.messages.setTyping?.(oneId, true)
        await two.hears('the other one hears it', () => two.told('typing.changed').length > 0 || undefined)
        const { messages } = await two.transport.messages.history({
          conversationId: twoId,
          from: 'newest',
          direction: 'older',
          count: 1,
        })
        ensureSame(
          messages.map(({ keys }) => keys),
          before.map(({ keys }) => keys),
          'the newest message',
        )
      },
    )
    check(
      'C9, K2',
      'throws nothing back, whatever the conversation',
      ['messages.setTyping'],
      async ({ one }) => {
        const { transport } = await one()
        for (const id of ['', 'no such conversation', '\u0000']) {
          const answer: unknown = transport.messages.setTyping?.(id, true)
          ensure(answer === undefined, 'setTyping answers nothing')
        }
      },
    )
    check('C9', 'works in a group', ['messages.setTyping', 'a group'], async ({ group }) => {
      const { people, idOf } = await group()
      const [one, two] = people as [Person, Person]
      one.transport.messages.setTyping?.(idOf(one), true)
      await two.hears(
        'typing is told',
        () =>
          two
            .told('typing.changed')
            .some((event) => event.userId === one.userId && event.conversationId === idOf(two)) || undefined,
      )
    })
  })
}
