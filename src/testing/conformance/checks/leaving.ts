import type { TransportEvent } from '../../../model'
import { ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, outgoing, textOf, until } from '../person'
import type { Suite } from '../topic'

/** Signing out and coming back, and several people or devices in one page. */
export function leavingChecks(suite: Suite): void {
  suite.topic('Signing out', (check) => {
    check(
      'A12',
      "tells 'offline' and then nothing",
      ['messages.send'],
      async ({ arrive, one, two, userId, direct }) => {
        const { oneId } = await direct()
        const leaver = await arrive(userId(1))
        await leaver.leave()
        ensureSame(leaver.told('session.changed').at(-1)?.session.state, 'offline', 'the last session told')
        const count = leaver.batches.length
        const text = fresh('after he left')
        await (await one()).say(oneId, text)
        await (await two()).gets(text)
        await aWhile()
        ensureSame(
          leaver.batches.slice(count).flatMap(({ events }) => events),
          [],
          'after disconnect() it told more',
        )
      },
    )
    check('A6, K2', 'refuses calls afterwards', [], async ({ arrive, userId }) => {
      const leaver = await arrive(userId(1))
      const { id } = await leaver.talkWith(userId(0))
      await leaver.leave()
      await refusalOf(() => leaver.transport.conversations.list(), 'conversations.list after disconnect()')
      await refusalOf(
        () => leaver.transport.messages.send(outgoing(id, 'x')),
        'messages.send after disconnect()',
      )
      ensure(
        leaver.transport.can('messages.send') !== 'yes',
        "can('messages.send') says yes after disconnect()",
      )
    })
    check('A12', 'may be done twice', [], async ({ arrive, userId }) => {
      const leaver = await arrive(userId(1))
      await Promise.all([leaver.transport.disconnect(), leaver.transport.disconnect()])
      await leaver.leave()
    })
    check('A12', 'in the middle of signing in holds', [], async ({ arrive, userId }) => {
      const leaver = await arrive(userId(1), { isImpatient: true })
      await leaver.leave()
      await arrive(userId(0))
      ensureSame(leaver.transport.session().state, 'offline', 'session() of one who left while signing in')
      ensureSame(
        leaver.told('session.changed').at(-1)?.session.state ?? 'offline',
        'offline',
        'the last one told',
      )
    })
    check(
      'A12',
      'can be followed by signing in again, with messages as before',
      ['messages.send'],
      async ({ arrive, direct, userId }) => {
        const { one, oneId } = await direct()
        const person = await arrive(userId(1))
        await person.leave()
        person.transport.connect(person.connectOptions)
        await until(
          suite.harness,
          person.transport,
          (session) => session.state === 'online' && !session.isCatchingUp,
        )
        await person.transport.conversations.list()
        const text = fresh('after coming back')
        await one.say(oneId, text)
        await person.gets(text)
      },
    )
    check('A6', 'connect, disconnect and connect in a row end online', [], async ({ arrive, userId }) => {
      const person = await arrive(userId(1), { isImpatient: true })
      const left = person.transport.disconnect()
      person.transport.connect(person.connectOptions)
      await left
      await until(suite.harness, person.transport, ({ state }) => state === 'online')
      await person.transport.conversations.list()
    })
    check(
      'contract: an object the app gave stays as it was',
      'leaves other people of the page signed in',
      ['messages.send'],
      async ({ arrive, direct, userId }) => {
        const { one, two, oneId } = await direct()
        await (await arrive(userId(1))).leave()
        const text = fresh('still here')
        await one.say(oneId, text)
        await two.gets(text)
      },
    )
  })
  suite.topic('Coming back', (check) => {
    check(
      'D1, contract: checkpoint',
      'is told what was missed, or that it is in doubt',
      ['messages.send'],
      async ({ arrive, direct, userId }) => {
        const { one, oneId } = await direct()
        const before = await arrive(userId(1))
        const { id } = await before.talkWith(userId(0))
        const heard = fresh('heard')
        await one.say(oneId, heard)
        await before.gets(heard)
        const checkpoint = before.checkpoint()
        await before.leave()
        const missed = fresh('missed')
        await one.say(oneId, missed)
        const after = await arrive(userId(1), { checkpoint })
        const session = after.transport.session()
        const isSure = session.state === 'online' && session.hasContinuity
        if (isSure) {
          const message = await after.gets(missed)
          const event = after.told('message.received').find(({ messages }) => messages.includes(message))
          ensure(event?.isLive === false, 'what was missed is told with isLive false, so that nothing rings')
        }
        const page = await after.transport.messages.history({
          conversationId: id,
          from: 'newest',
          direction: 'older',
          count: 5,
        })
        ensure(
          page.messages.some((message) => textOf(message) === missed),
          'what was missed is not in the history either',
        )
      },
    )
    check(
      'contract: checkpoint',
      'promises nothing for a checkpoint it never gave',
      [],
      async ({ arrive, userId }) => {
        for (const checkpoint of ['nonsense', ':', '\u{1f600}', 'x'.repeat(5_000)]) {
          const person = await arrive(userId(1), { checkpoint })
          const session = person.transport.session()
          ensure(
            session.state === 'online' && !session.hasContinuity,
            `the checkpoint '${checkpoint.slice(0, 20)}' got continuity`,
          )
        }
      },
    )
  })
  suite.topic('Two instances in one page', (check) => {
    check(
      'A10',
      'do not hear what is not theirs',
      ['messages.send', 'three users'],
      async ({ direct, three }) => {
        const { one, two, oneId } = await direct()
        const stranger = await three()
        const { id: elsewhereId } = await two.talkWith(stranger.userId)
        const [mine, theirs] = [fresh('for two'), fresh('for three')]
        await one.say(oneId, mine)
        await two.say(elsewhereId, theirs)
        await Promise.all([two.gets(mine), stranger.gets(theirs)])
        ensure(!says(stranger.events(), mine), 'three heard what one wrote to two')
        ensure(!says(one.events(), theirs), 'one heard what two wrote to three')
      },
    )
    check(
      'A5',
      'of one user both hear a message to him',
      ['messages.send', 'two devices'],
      async ({ arrive, direct, userId }) => {
        const { one, two, oneId } = await direct()
        const second = await arrive(userId(1))
        const text = fresh('to both devices')
        await one.say(oneId, text)
        await Promise.all([two.gets(text), second.gets(text)])
      },
    )
    check(
      'A5',
      'of one user: what one sends the other hears',
      ['messages.send', 'two devices'],
      async ({ arrive, direct, userId }) => {
        const { two, twoId } = await direct()
        const second = await arrive(userId(1))
        const text = fresh('from my other device')
        const sent = await two.say(twoId, text)
        const message = await second.gets(text)
        ensureSame(message.senderId, two.userId, 'the sender')
        ensure(
          message.keys.some((key) => sent.keys.includes(key)),
          'the other device has it under no key of the answer, so the kit would show it twice',
        )
      },
    )
    check('A6', 'sign out one without the other', ['two devices'], async ({ arrive, userId, two }) => {
      const second = await arrive(userId(1))
      await second.leave()
      ensureSame((await two()).transport.session().state, 'online', 'the other session')
    })
  })
}

/** Long enough for what a transport has left running to show itself. */
function aWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20))
}

function says(events: readonly TransportEvent[], text: string): boolean {
  return JSON.stringify(events).includes(text)
}
