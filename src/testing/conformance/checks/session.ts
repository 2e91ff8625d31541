import type { Transport } from '../../../core/ports'
import type { Hint, SessionState, TransportEvent } from '../../../model'
import { ABILITIES, methodOf } from '../abilities'
import { ensure, ensureChatError, ensureSame, refusalOf } from '../ensure'
import { fresh, outgoing, textOf, until } from '../person'
import type { Person } from '../person'
import type { Suite } from '../topic'

const HINTS: readonly Hint[] = ['background', 'foreground', 'network-down', 'network-up']
const PRINTABLE = /^[\x21-\x7e]+$/

/** Signing in and out, and what a transport says of itself. */
export function sessionChecks(suite: Suite): void {
  suite.topic('What it is', (check, shape) => {
    check('A10', 'has an id and a scope, the same in each instance', [], async ({ userId, harness }) => {
      const other = harness.createTransport(userId(1)).transport
      ensure(PRINTABLE.test(shape.id), `the id '${shape.id}' must be a printable word`)
      ensure(shape.scope !== '', 'the scope must not be empty: it names the app at the backend')
      ensureSame([other.id, other.scope], [shape.id, shape.scope], 'two instances differ in id or scope')
    })
    check('L3', 'lists the hosts it talks to', [], async () => {
      for (const { host, use } of shape.domains) {
        ensure(host !== '' && !host.includes('/'), `'${host}' is no host`)
        ensure(['socket', 'request', 'upload', 'download'].includes(use), `'${use}' is no use of a host`)
      }
    })
    check('I9', 'states its rates in whole numbers', [], async () => {
      for (const { name, count, perMs } of shape.rates ?? []) {
        ensure(name === '*' || ABILITIES.includes(name), `'${name}' is no ability`)
        ensure(count >= 1 && perMs >= 1, `the rate of ${name} is no rate`)
      }
    })
    check('contract: facets', 'has no facet with a method that is no function', [], async () => {
      for (const ability of ABILITIES) {
        const [facet, method] = ability.split('.') as [keyof Transport, string]
        const value = (shape[facet] as Readonly<Record<string, unknown>> | undefined)?.[method]
        ensure(value === undefined || typeof value === 'function', `${ability} is a ${typeof value}`)
      }
    })
  })
  suite.topic('Before signing in', (check, shape) => {
    check('A2', "is 'offline'", [], async ({ harness, userId }) => {
      ensureSame(harness.createTransport(userId(0)).transport.session(), { state: 'offline' }, 'session()')
    })
    check('K3', 'states limits without being asked to sign in', [], async ({ harness, userId }) => {
      ensure(
        typeof harness.createTransport(userId(0)).transport.limits() === 'object',
        'limits() gives a record',
      )
    })
    check('A12', 'can be disconnected', [], async ({ harness, userId }) => {
      const { transport } = harness.createTransport(userId(0))
      await transport.disconnect()
      ensureSame(transport.session().state, 'offline', 'session()')
    })
    for (const ability of ABILITIES) {
      if (methodOf(shape, ability) === undefined || ability === 'presence.watch') continue
      if (ability === 'messages.setTyping') continue
      check('A6, K2', `refuses ${ability}`, [ability], async ({ harness, userId }) => {
        const { transport } = harness.createTransport(userId(0))
        const method = methodOf(transport, ability)
        const error = await refusalOf(() => method?.(...plausible(ability)), `${ability} before connect()`)
        ensure(error.effect === 'none', 'nothing can have happened at the backend, so the effect is none')
        ensure(transport.can(ability) !== 'yes', `can('${ability}') says yes to what is refused`)
      })
    }
  })
  suite.topic('Signing in', (check) => {
    check('A2', 'returns from connect at once and then leads online', [], async ({ arrive, userId }) => {
      const person = await arrive(userId(0), { isImpatient: true })
      await person.hears('the session is online', () => isSettled(person) || undefined)
      const states = person.told('session.changed').map(({ session }) => session.state)
      ensure(states.includes('online'), `session.changed told ${states.join(', ')}`)
    })
    check(
      'contract: continuity',
      'promises no continuity where no checkpoint was given',
      [],
      async ({ arrive, userId }) => {
        const person = await arrive(userId(0))
        const session = person.transport.session()
        ensure(
          session.state === 'online' && !session.hasContinuity,
          'hasContinuity without a checkpoint: nothing is known of what came before',
        )
      },
    )
    check(
      'A6',
      'takes a second connect of the same user as the same sign-in',
      [],
      async ({ arrive, userId }) => {
        const person = await arrive(userId(0))
        const before = person.told('session.changed').length
        person.transport.connect(person.connectOptions)
        await person.transport.conversations.list()
        ensureSame(person.told('session.changed').length, before, 'session.changed was told again')
        ensureSame(person.transport.session().state, 'online', 'session()')
      },
    )
    check(
      'A1, A11',
      'asks for credentials with the user and a reason, if it asks',
      [],
      async ({ harness, userId }) => {
        const { transport, credentials } = harness.createTransport(userId(0))
        const asks: { userId: string; reason: string }[] = []
        transport.connect({
          userId: userId(0),
          credentials: (ask) => {
            asks.push(ask)
            return credentials(ask)
          },
        })
        await until(suite.harness, transport, (session) => session.state === 'online')
        await transport.disconnect()
        for (const ask of asks)
          ensureSame([ask.userId, ask.reason], [userId(0), 'sign-in'], 'the credentials provider was asked')
        ensure(asks.length <= 1, `the provider was asked ${asks.length} times for one sign-in`)
      },
    )
    check('A1, K2', 'survives a credentials provider that fails', [], async ({ harness, userId }) => {
      const { transport } = harness.createTransport(userId(0))
      const credentials = () => Promise.reject(new Error('the app has none'))
      transport.connect({ userId: userId(0), credentials })
      // Online where nobody is asked for anything; else the session has to say why it is not.
      await until(suite.harness, transport, (session) => session.state === 'online' || hasError(session))
      const session = transport.session()
      if ('error' in session) ensureChatError(session.error, `the session '${session.state}'`)
      await transport.disconnect()
    })
    check(
      'A2, contract: subscribe',
      'tells every subscriber, and none that has ended it',
      [],
      async ({ harness, userId }) => {
        const { transport, credentials } = harness.createTransport(userId(0))
        const heard: [number, number, number] = [0, 0, 0]
        transport.subscribe(() => void heard[0]++)
        transport.subscribe(() => void heard[1]++)
        const stop = transport.subscribe(() => void heard[2]++)
        stop()
        stop()
        transport.connect({ userId: userId(0), credentials })
        await until(suite.harness, transport, ({ state }) => state === 'online')
        await transport.disconnect()
        ensure(
          heard[0] > 0 && heard[0] === heard[1],
          `two subscribers heard ${heard[0]} and ${heard[1]} batches`,
        )
        ensureSame(heard[2], 0, 'one whose subscription had ended heard batches')
      },
    )
    for (const hint of HINTS) {
      check('contract: hint', `takes the hint '${hint}' and stays usable`, [], async ({ one }) => {
        const { transport } = await one()
        transport.hint?.(hint)
        transport.hint?.('network-up')
        transport.hint?.('foreground')
        await until(suite.harness, transport, ({ state }) => state === 'online')
        await transport.conversations.list()
      })
    }
  })
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

function hasError(session: SessionState): boolean {
  return 'error' in session && session.error !== undefined
}

/** Long enough for what a transport has left running to show itself. */
function aWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20))
}

/** Arguments that would be all right if anybody were signed in. */
function plausible(ability: string): readonly unknown[] {
  const ref = { conversationId: 'x', keys: ['x'] }
  if (ability === 'messages.send') return [outgoing('x', 'x')]
  if (ability === 'messages.history')
    return [{ conversationId: 'x', from: 'newest', direction: 'older', count: 1 }]
  if (ability === 'files.upload') {
    const file = {
      at: 'local',
      source: 'bytes',
      value: new Uint8Array([1]),
      name: 'a',
      bytes: 1,
      mime: 'text/plain',
    }
    return [file, 'message']
  }
  if (ability.startsWith('messages.')) return /Receipts|pinned$/.test(ability) ? ['x', [ref]] : [ref, [], []]
  if (/list$|folders|blocked|requests|applications|markAllRead|RequestsRead/i.test(ability)) return []
  return ['x', ['x'], 'x']
}

function isSettled(person: Person): boolean {
  const session = person.transport.session()
  return session.state === 'online' && !session.isCatchingUp
}

function says(events: readonly TransportEvent[], text: string): boolean {
  return JSON.stringify(events).includes(text)
}
