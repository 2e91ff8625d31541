import type { SearchQuery } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, isSame, outgoing, textOf } from '../person'
import type { Person } from '../person'
import { folded, heardChanges, inHistory } from '../reading'
import type { Check, Suite } from '../topic'
import { exchange } from './exchange'
import { isGone, editChecks } from './edits'

/** What becomes of a message later. */
export function changeChecks(suite: Suite): void {
  suite.topic('Recalling', recallChecks)
  suite.topic('Editing', editChecks)
  suite.topic('Deleting for oneself', deleteChecks)
  suite.topic('Pins, extensions and search', otherChecks)
}

function recallChecks(check: Check): void {
  const needs = ['messages.recall', 'messages.send'] as const
  check('E1, contract: changes', 'tells the other end, and the change counts', needs, async (cast) => {
    const { one, two, sent, got, text } = await exchange(cast)
    await one.transport.messages.recall?.(sent)
    const change = await two.hears('the recall is told', () => heardChanges(two, 'recalled', got)[0])
    ensure(
      change.isVouched || change.byId === one.userId,
      'the recall is neither vouched for nor by the sender, so the kit ignores it',
    )
    ensure(isGone(folded(got, [change]), text), 'the message is still there')
  })
  check('E1', 'is seen in the history of both', needs, async (cast) => {
    const { one, two, oneId, twoId, sent, got, text } = await exchange(cast)
    await one.transport.messages.recall?.(sent)
    for (const [person, id, ref] of [
      [one, oneId, sent],
      [two, twoId, got],
    ] as const) {
      await person.hears(
        `the history of ${person.userId} says so`,
        async () => isGone(await inHistory(person, id, ref), text) || undefined,
      )
    }
  })
  check('E1, A5', 'tells the other device of whoever recalled', [...needs, 'two devices'], async (cast) => {
    const { one, sent, oneId } = await exchange(cast)
    const device = await cast.arrive(cast.userId(0))
    await one.transport.messages.recall?.(sent)
    await device.hears('it is told or read', async () => {
      if (heardChanges(device, 'recalled', sent).length > 0) return true
      return isGone(await inHistory(device, oneId, sent), textOf(sent) ?? '') || undefined
    })
  })
  check('E1', 'is seen by whoever comes later', [...needs, 'a group'], async ({ group, arrive }) => {
    const { people, idOf, groupId } = await group()
    const [one, two] = people as [Person, Person]
    const text = fresh('gone before you came')
    const sent = await one.say(idOf(one), text)
    const got = await two.gets(text)
    await one.transport.messages.recall?.(sent)
    await two.hears('the recall is told', () => heardChanges(two, 'recalled', got)[0])
    const late = await arrive(two.userId)
    const { id } = await late.talkIn(groupId)
    ensure(isGone(await inHistory(late, id, got), text), 'whoever signs in later reads the message')
  })
  check('E1', 'leaves the messages beside it', needs, async (cast) => {
    const [before, { one, two, twoId, sent, got }, after] = [
      await exchange(cast),
      await exchange(cast),
      await exchange(cast),
    ]
    await one.transport.messages.recall?.(sent)
    await two.hears('the recall is told', () => heardChanges(two, 'recalled', got)[0])
    for (const other of [before, after])
      ensureSame(textOf(await inHistory(two, twoId, other.got)), other.text, 'a message beside it')
  })
  check(
    'E1, contract: find',
    'leaves nothing for `find` to tell',
    [...needs, 'messages.find'],
    async (cast) => {
      const { one, sent, text } = await exchange(cast)
      await one.transport.messages.recall?.(sent)
      const found = await one.transport.messages.find(sent)
      ensure(typeof found === 'string' || isGone(found, text), 'find gives back what was recalled')
    },
  )
  check('E1, contract: can', 'is allowed for a fresh message of one’s own', needs, async (cast) => {
    const { one, sent } = await exchange(cast)
    const verdict = one.transport.can('messages.recall', {
      message: sent,
      conversationId: sent.conversationId,
    })
    ensure(verdict === 'yes' || verdict === 'try', 'can refuses it')
  })
  check(
    'E1, contract: can',
    'is refused for a message of the other one, as can says',
    needs,
    async (cast) => {
      const { two, twoId, got, text } = await exchange(cast)
      const verdict = two.transport.can('messages.recall', { message: got, conversationId: twoId })
      const error = await refusalOf(
        () => two.transport.messages.recall?.(got),
        'recalling what another one wrote',
      )
      ensure(verdict !== 'yes', 'can says yes, and recall refuses')
      if (typeof verdict === 'object')
        ensureSame(
          [verdict.domain, verdict.code],
          [error.domain, error.code],
          'the error of can and of the call',
        )
      ensureSame(textOf(await inHistory(two, twoId, got)), text, 'the message')
    },
  )
  check('E1', 'twice is no accident', needs, async (cast) => {
    const { one, sent } = await exchange(cast)
    await one.transport.messages.recall?.(sent)
    await answerOrRefusal(() => one.transport.messages.recall?.(sent), 'recalling twice')
  })
  check('K2', 'refuses a message nobody knows', needs, async ({ direct }) => {
    const { one, oneId } = await direct()
    await refusalOf(
      () => one.transport.messages.recall?.({ conversationId: oneId, keys: [fresh('no such key')] }),
      'recalling nothing',
    )
  })
}

function deleteChecks(check: Check): void {
  const needs = ['messages.deleteForMe', 'messages.send'] as const
  check('D5', 'takes it out of one’s own history only', needs, async (cast) => {
    const { one, two, oneId, twoId, sent, got, text } = await exchange(cast)
    await two.transport.messages.deleteForMe?.([got])
    ensure(!(await inHistory(two, twoId, got)), 'it is still in the history of whoever deleted it')
    ensureSame(textOf(await inHistory(one, oneId, sent)), text, 'the history of the other one')
  })
  check('D5', 'takes out several at once and leaves the others', needs, async (cast) => {
    const all = [await exchange(cast), await exchange(cast), await exchange(cast)] as const
    const { two, twoId } = all[0]
    await two.transport.messages.deleteForMe?.([all[0].got, all[2].got])
    ensure(
      !(await inHistory(two, twoId, all[0].got)) && !(await inHistory(two, twoId, all[2].got)),
      'a deleted one is still there',
    )
    ensureSame(textOf(await inHistory(two, twoId, all[1].got)), all[1].text, 'the one between')
  })
  check('D5, A5', 'tells one’s other device', [...needs, 'two devices'], async (cast) => {
    const device = await cast.arrive(cast.userId(1))
    const { two, twoId, got } = await exchange(cast)
    await two.transport.messages.deleteForMe?.([got])
    await device.hears('it is told, or gone from the history', async () => {
      if (heardChanges(device, 'removed', got).length > 0) return true
      return (await inHistory(device, twoId, got)) === undefined || undefined
    })
  })
  check('D5', 'holds after signing in anew', needs, async (cast) => {
    const { two, twoId, got } = await exchange(cast)
    await two.transport.messages.deleteForMe?.([got])
    const late = await cast.arrive(cast.userId(1))
    ensure(!(await inHistory(late, twoId, got)), 'it is back')
  })
  check('D5', 'twice, and of nothing, is no accident', needs, async (cast) => {
    const { two, twoId, got } = await exchange(cast)
    await two.transport.messages.deleteForMe?.([got])
    await answerOrRefusal(() => two.transport.messages.deleteForMe?.([got]), 'deleting twice')
    await answerOrRefusal(() => two.transport.messages.deleteForMe?.([]), 'deleting nothing')
    await answerOrRefusal(
      () => two.transport.messages.deleteForMe?.([{ conversationId: twoId, keys: [fresh('no')] }]),
      'deleting the unknown',
    )
  })
}

function otherChecks(check: Check): void {
  check(
    'E9',
    'pins a message for everybody',
    ['messages.setPinned', 'messages.pinned', 'a group'],
    async ({ group }) => {
      const { people, idOf } = await group()
      const [one, two] = people as [Person, Person]
      const sent = await one.say(idOf(one), fresh('pin me'))
      await one.transport.messages.setPinned?.(sent, true)
      const isPinned = async () =>
        (await two.transport.messages.pinned?.(idOf(two)))?.some((it) => isSame(it, sent))
      await two.hears('the pin is there', async () => (await isPinned()) || undefined)
      await one.transport.messages.setPinned?.(sent, false)
      await two.hears('the pin is gone', async () => !(await isPinned()) || undefined)
    },
  )
  check(
    'E4',
    'sets, reads and deletes extensions',
    ['messages.setExtensions', 'messages.fetchExtensions', 'messages.send'],
    async ({ direct }) => {
      const { one, two, oneId } = await direct()
      const text = fresh('poll')
      const sent = await one.send(outgoing(oneId, text, { hasExtensions: true }))
      const got = await two.gets(text)
      await one.transport.messages.setExtensions?.(sent, { a: '1', b: 'ü <&>' }, [])
      await two.hears('both are there', async () => {
        const read = await two.transport.messages.fetchExtensions?.(got)
        return (read?.['a'] === '1' && read['b'] === 'ü <&>') || undefined
      })
      await one.transport.messages.setExtensions?.(sent, {}, ['a'])
      await two.hears('one is gone', async () => {
        const read = await two.transport.messages.fetchExtensions?.(got)
        return (read && !('a' in read) && read['b'] === 'ü <&>') || undefined
      })
    },
  )
  check('E9', 'finds a message by a word of it', ['messages.search', 'messages.send'], async (cast) => {
    const { two, twoId, text, got } = await exchange(cast, 'needle')
    await two.hears('it is found', async () => {
      const result = await two.transport.messages.search?.({ text, conversationId: twoId })
      const hits = result?.items.flatMap(({ messages }) => messages) ?? []
      return hits.some((it) => isSame(it, got)) || undefined
    })
  })
  check('E9', 'finds by sender and by day', ['messages.search', 'messages.send'], async (cast) => {
    const { two, twoId, text, got } = await exchange(cast, 'of a day')
    const ask = async (narrow: Partial<SearchQuery>) => {
      const result = await two.transport.messages.search?.({ text, conversationId: twoId, ...narrow })
      return (result?.items ?? []).flatMap(({ messages }) => messages).some((it) => isSame(it, got))
    }
    const day = { fromAt: got.sentAt - 1, toAt: got.sentAt + 1 }
    await two.hears(
      'it is found',
      async () => (await ask({ senderIds: [got.senderId], ...day })) || undefined,
    )
    ensure(!(await ask({ senderIds: [two.userId] })), 'nobody else wrote it')
    ensure(!(await ask({ fromAt: got.sentAt + 86_400_000 })), 'it was not written later')
  })
  check('E9', 'finds nothing where there is nothing', ['messages.search'], async ({ one }) => {
    const { transport } = await one()
    const result = await transport.messages.search?.({ text: fresh('nobody said this') })
    ensureSame(
      result?.items.flatMap(({ messages }) => messages),
      [],
      'the hits',
    )
  })
}
