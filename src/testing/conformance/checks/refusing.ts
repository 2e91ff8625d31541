import { clientKey } from '../../../model'
import type { OutgoingMessage, Part } from '../../../model'
import { frozen } from '../../../core/data'
import { utf8ByteLength } from '../../../core/text'
import { answerOrRefusal, ensure, ensureChatError, ensureSame, refusalOf } from '../ensure'
import { spoil } from '../spoil'
import { fresh, isSame, outgoing, textOf, until } from '../person'
import { inHistory } from '../reading'
import type { Cast, Check } from '../topic'

const EMPTY: Readonly<Record<string, readonly Part[]>> = {
  'no parts': [],
  'an empty text': [{ kind: 'text', text: '' }],
  'nothing but empty texts': [
    { kind: 'text', text: '' },
    { kind: 'text', text: '' },
  ],
}

/** What cannot be sent. */
export function refusalChecks(check: Check): void {
  for (const [about, parts] of Object.entries(EMPTY)) {
    check('C1', `refuses ${about}`, ['messages.send'], async ({ direct }) => {
      const { one, oneId } = await direct()
      const error = await refusalOf(
        () => one.transport.messages.send(outgoing(oneId, '', { parts })),
        'send of an empty message',
      )
      ensure(error.effect === 'none', 'nothing was sent, so the effect is none')
    })
  }
  check(
    'C10, K3',
    'carries a text of just as many bytes as its limit says',
    ['messages.send'],
    async (cast) => {
      const { one, two, oneId } = await cast.direct()
      const bytes = one.transport.limits({ conversationId: oneId }).messageBytes
      if (bytes === undefined) return
      const text = longText(bytes)
      const sent = await one.say(oneId, text)
      const got = await two.hears('it comes', () => two.received().find((it) => isSame(it, sent)))
      ensure(textOf(got) === text, 'the text came out changed')
    },
  )
  check('C10, K3', 'refuses one byte more as too large, and goes on', ['messages.send'], async (cast) => {
    const { one, oneId } = await cast.direct()
    const bytes = one.transport.limits({ conversationId: oneId }).messageBytes
    if (bytes === undefined) return
    const error = await refusalOf(
      () => one.transport.messages.send(outgoing(oneId, `${longText(bytes)}x`)),
      'send of a text beyond limits().messageBytes',
    )
    ensureSame([error.kind, error.effect], ['too-large', 'none'], 'kind and effect')
    await ensureStillTalking(cast)
  })
  check('K2, contract: failures', 'survives a monstrous text', ['messages.send'], async (cast) => {
    const { one, oneId } = await cast.direct()
    await answerOrRefusal(() => one.transport.messages.send(outgoing(oneId, 'x'.repeat(3_000_000))), 'send')
    await ensureStillTalking(cast)
  })
  for (const conversationId of [
    '',
    'no such conversation',
    '\u0000',
    '../../etc',
    '{}',
    'x'.repeat(10_000),
  ]) {
    check(
      'K2',
      `refuses to send to the conversation ${JSON.stringify(conversationId.slice(0, 30))}`,
      ['messages.send'],
      async ({ one }) => {
        const { transport } = await one()
        const error = await refusalOf(() => transport.messages.send(outgoing(conversationId, 'x')), 'send')
        ensure(error.effect === 'none', 'nothing was sent, so the effect is none')
      },
    )
  }
  check(
    'D6, contract: Task',
    'is cancelled, or has been too late for that',
    ['messages.send', 'messages.find'],
    async ({ direct }) => {
      const { one, oneId } = await direct()
      const message = outgoing(oneId, fresh('cancelled'))
      const task = one.transport.messages.send(message)
      task.cancel()
      task.cancel()
      const outcome = await task.result.catch((thrown: unknown) =>
        ensureChatError(thrown, 'a cancelled send'),
      )
      if ('keys' in outcome) return
      ensureSame(outcome.kind, 'cancelled', 'the kind of the error')
      if (outcome.effect === 'unknown') return
      const found = await one.transport.messages.find({
        conversationId: oneId,
        keys: [clientKey(one.userId, message.clientId)],
      })
      ensure(typeof found === 'string', 'it was cancelled without effect, and yet it is there')
    },
  )
  check('contract: Task', 'takes a cancel after the end', ['messages.send'], async ({ direct }) => {
    const { one, two, oneId } = await direct()
    const text = fresh('done')
    const task = one.transport.messages.send(outgoing(oneId, text))
    await task.result
    task.cancel()
    await task.result
    await two.gets(text)
  })
}

/** A text of exactly so many bytes, most of them in wide characters. */
function longText(bytes: number): string {
  const wide = '界'.repeat(Math.floor(bytes / 3))
  return wide + 'x'.repeat(bytes - utf8ByteLength(wide))
}

async function ensureStillTalking({ direct }: Cast): Promise<void> {
  const { one, two, oneId } = await direct()
  const text = fresh('still talking')
  await one.say(oneId, text)
  await two.gets(text)
}

/** What is handed over stays what it was, whoever changes his own later. */
export function handoverChecks(check: Check): void {
  check('contract: plain data', 'takes a frozen message', ['messages.send'], async ({ direct }) => {
    const { one, two, oneId } = await direct()
    const text = fresh('frozen')
    await one
      .send(frozen(outgoing(oneId, text, { mentions: { userIds: [], isAll: false }, data: { a: [1] } })))
      .catch((thrown: unknown) => ensureChatError(thrown, 'send of a frozen message'))
    const again = fresh('frozen again')
    await one.send(frozen(outgoing(oneId, again)))
    await two.gets(again)
  })
  check(
    'contract: plain data',
    'is not misled when the message is changed after it was handed over',
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId, twoId } = await direct()
      const text = fresh('before')
      const message: OutgoingMessage = outgoing(oneId, text)
      const task = one.transport.messages.send(message)
      spoil(message.parts)
      const sent = await task.result
      ensureSame(textOf(sent), text, 'the answer')
      await two.gets(text)
      ensureSame(textOf(await inHistory(two, twoId, sent)), text, 'the history')
    },
  )
  check(
    'contract: plain data',
    'is not misled when its answer is changed',
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId } = await direct()
      const text = fresh('answer')
      const sent = await one.say(oneId, text)
      const keys = [...sent.keys]
      spoil(sent)
      await two.gets(text)
      ensureSame(textOf(await inHistory(one, oneId, { keys })), text, 'the history')
    },
  )
  check(
    'contract: plain data',
    'is not misled when a listener changes what it was told',
    ['messages.send'],
    async ({ harness, direct, userId }) => {
      const { one, two, oneId, twoId } = await direct()
      const { transport, credentials } = harness.createTransport(userId(1))
      transport.subscribe((events) => spoil(events))
      transport.connect({ userId: userId(1), credentials })
      await until(harness, transport, ({ state }) => state !== 'offline' && state !== 'connecting')
      const text = fresh('told')
      const sent = await one.say(oneId, text)
      await two.gets(text)
      ensureSame(textOf(await inHistory(two, twoId, sent)), text, 'the history')
      ensureSame(textOf(await inHistory(one, oneId, sent)), text, 'the history')
      await transport.disconnect()
    },
  )
}
