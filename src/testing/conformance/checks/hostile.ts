import type { AbilityScope } from '../../../model'
import { ABILITIES, methodOf } from '../abilities'
import { answerOrRefusal, ensure, ensureChatError, ensureSame } from '../ensure'
import { fresh } from '../person'
import type { Check, Suite } from '../topic'
import { exchange } from './exchange'

/** Arguments that no caller should give. */
const STRANGE: readonly (readonly unknown[])[] = [
  [],
  [undefined, undefined, undefined],
  [null, null, null],
  [{}, {}, {}],
  [[], [], []],
  [42, -1, NaN],
  ['', '', ''],
  ['no such thing', ['no such thing'], 'no such thing'],
  ['\u0000\ud800', ['\u0000\ud800'], '\u0000'],
  ['x'.repeat(100_000), ['x'.repeat(100_000)], 'x'],
  [[null], [null], [null]],
  [{ conversationId: 1, keys: null, id: {} }, 5, 5],
  [{ conversationId: 'x', keys: ['x'], parts: [null], clientId: 'x', delivery: 'stored' }],
  [{ conversationId: 'x', from: {}, direction: 'sideways', count: 'many' }],
  ['__proto__', { __proto__: null }, 'constructor'],
]
/** Those that only begin something and answer nothing. */
const SILENT = ['messages.setTyping', 'presence.watch']
const SCOPES: readonly unknown[] = [
  undefined,
  null,
  {},
  { conversationId: 'no such conversation' },
  { groupId: 'no-such-group' },
  { userId: '' },
  { part: 'nonsense' },
  { message: null },
  { message: {} },
  { conversationId: 5, groupId: [], message: 'x' },
]

/** What a careless caller gets: a ChatError, and a transport that goes on. */
export function hostileChecks(suite: Suite): void {
  suite.topic('Careless calls', (check) => {
    for (const ability of ABILITIES) {
      check(
        'K2, contract: failures',
        `${ability} answers nonsense with a ChatError, or with nothing`,
        [ability],
        async ({ two }) => {
          const { transport } = await two()
          const method = methodOf(transport, ability)
          for (const args of STRANGE) {
            const words = `${ability} with ${JSON.stringify(args)?.slice(0, 120)}`
            if (!SILENT.includes(ability)) await answerOrRefusal(() => method?.(...args), words)
            else {
              const stop = attempt(() => method?.(...args), words)
              if (typeof stop === 'function') stop()
            }
          }
        },
      )
    }
    check('contract: failures', 'goes on after all that', ['messages.send'], async (cast) => {
      await exchange(cast, 'after the nonsense')
    })
  })
  suite.topic('Abilities and limits', (check, shape) => {
    canChecks(check, suite)
    check('K3', 'states limits that are numbers above nothing', [], async ({ one }) => {
      const { transport } = await one()
      for (const scope of SCOPES) {
        for (const [name, value] of Object.entries(transport.limits(scope as AbilityScope))) {
          ensure(typeof value === 'number' && value > 0, `limits().${name} is ${String(value)}`)
        }
      }
    })
    check('K3', 'states limits of messages that a short text keeps', [], async ({ one }) => {
      const { messageBytes, partCount, pageSize } = (await one()).transport.limits()
      ensure((messageBytes ?? 1_000) >= 100, `messageBytes is ${messageBytes}`)
      ensure((partCount ?? 1) >= 1, `partCount is ${partCount}`)
      ensure((pageSize ?? 20) >= 1, `pageSize is ${pageSize}`)
    })
    check('contract: can', 'gives no answer for good to what it does not know', [], async ({ one }) => {
      const { transport } = await one()
      for (const name of ['messages.nonsense', 'nonsense', '', 'constructor.name', '__proto__.x']) {
        const verdict = attempt(() => transport.can(name as 'messages.send'), `can('${name}')`)
        ensure(verdict !== 'yes', `can says yes to '${name}'`)
      }
      ensure(typeof shape.can === 'function', 'can is a function')
    })
  })
}

function canChecks(check: Check, { shape }: Suite): void {
  for (const ability of ABILITIES) {
    check('contract: can', `answers for ${ability}, whatever the scope`, [], async (cast) => {
      const { transport, userId } = await cast.one()
      for (const scope of SCOPES) {
        const words = `can('${ability}', ${JSON.stringify(scope)})`
        const verdict = attempt(() => transport.can(ability, scope as AbilityScope), words)
        if (verdict === 'yes' || verdict === 'try') {
          ensure(methodOf(shape, ability), `${words} says '${verdict}', and there is no such method`)
        } else ensureChatError(verdict, words)
      }
      ensure(userId !== '', 'somebody is signed in')
    })
  }
  check(
    'contract: can',
    'says yes or try to sending in a conversation where it is possible',
    ['messages.send'],
    async (cast) => {
      const { one, oneId } = await exchange(cast)
      const verdict = one.transport.can('messages.send', { conversationId: oneId, part: 'text' })
      ensure(verdict === 'yes' || verdict === 'try', 'can refuses what was just done')
    },
  )
  check(
    'contract: can',
    'refuses to send what only the backend may say',
    ['messages.send'],
    async ({ direct }) => {
      const { one, oneId } = await direct()
      for (const part of ['notice', 'unsupported'] as const) {
        ensure(
          typeof one.transport.can('messages.send', { conversationId: oneId, part }) === 'object',
          `can does not refuse to send a part of kind '${part}'`,
        )
      }
    },
  )
  check('contract: can', 'gives the same answer to the same question', [], async ({ one }) => {
    const { transport } = await one()
    const ask = () => ABILITIES.map((ability) => kindOf(transport.can(ability)))
    ensureSame(ask(), ask(), 'the answers')
  })
  check('contract: can', 'asks nothing of its scope', ['messages.send'], async ({ direct }) => {
    const { one, oneId } = await direct()
    const scope = Object.freeze({ conversationId: oneId })
    ensure(
      one.transport.can('messages.send', scope) !== undefined && fresh('x') !== '',
      'can answers for a frozen scope',
    )
  })
}

function kindOf(verdict: unknown): unknown {
  return typeof verdict === 'object' && verdict !== null && 'code' in verdict ? verdict.code : verdict
}

/** A call that answers at once; anything but a ChatError thrown fails. */
function attempt<T>(call: () => T, words: string): T | undefined {
  try {
    return call()
  } catch (thrown) {
    ensureChatError(thrown, words)
    return undefined
  }
}
