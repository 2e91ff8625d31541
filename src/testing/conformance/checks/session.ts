import type { Transport } from '../../../core/ports'
import type { Hint, SessionState } from '../../../model'
import { ABILITIES, methodOf } from '../abilities'
import { ensure, ensureChatError, ensureSame, refusalOf } from '../ensure'
import { outgoing, until } from '../person'
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
}

function hasError(session: SessionState): boolean {
  return 'error' in session && session.error !== undefined
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
