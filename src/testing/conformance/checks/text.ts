import { normaliseText } from '../../../core/text'
import type { Message } from '../../../model'
import { answerOrRefusal, ensure, ensureSame } from '../ensure'
import { fresh, isSame, outgoing, textOf } from '../person'
import { inHistory, recent } from '../reading'
import type { Suite } from '../topic'
import { TEXTS, UNCLEAN_TEXTS } from './texts'

/** What stands for a character that is none, and such characters themselves. */
const NO_CHARACTERS = /[\ufffd\ufffe\uffff]/g

/** What a person typed comes out at the other end as it was typed. */
export function textChecks(suite: Suite): void {
  suite.topic('Text', (check) => {
    for (const { about, text } of TEXTS) {
      check(
        'B1, contract: text is raw',
        `carries ${about} byte for byte`,
        ['messages.send'],
        async ({ direct }) => {
          const { one, two, oneId, twoId } = await direct()
          const sent = await one.say(oneId, text)
          ensureSame(textOf(sent), text, 'the answer of `send`')
          const got = await two.hears('the other one is told of it', () =>
            two.received().find((it) => isSame(it, sent)),
          )
          ensureSame(textOf(got), text, 'what the other one is told')
          for (const [person, id] of [
            [one, oneId],
            [two, twoId],
          ] as const) {
            const messages = await recent(person, id, 5)
            const read = messages.find((it) => isSame(it, sent))
            ensureSame(textOf(read), text, `what ${person.userId} reads in the history`)
          }
        },
      )
    }
    for (const { about, text } of UNCLEAN_TEXTS) {
      check(
        'B2, contract: text is normalised',
        `survives ${about}`,
        ['messages.send'],
        async ({ direct }) => {
          const { one, two, oneId } = await direct()
          const { answer } = await answerOrRefusal(
            () => one.transport.messages.send(outgoing(oneId, text)),
            'send',
          )
          const cleaned = (message: Message): string =>
            normaliseText(textOf(message) ?? '').replace(NO_CHARACTERS, '')
          const wanted = normaliseText(text).replace(NO_CHARACTERS, '')
          if (answer !== undefined) {
            const sent = answer as Message
            const got = await two.hears('the other one is told of it', () =>
              two.received().find((it) => isSame(it, sent)),
            )
            ensure(
              cleaned(got) === wanted,
              `it came as ${JSON.stringify(textOf(got))}: CR becomes LF, halves become U+FFFD, controls go, the rest stays`,
            )
          }
          const after = fresh('still talking')
          await one.say(oneId, after)
          await two.gets(after)
        },
      )
    }
    for (const { about, text } of TEXTS.slice(5, 15)) {
      check(
        'B1',
        `carries ${about} in a group byte for byte`,
        ['messages.send', 'a group'],
        async ({ group }) => {
          const { people, idOf } = await group()
          const [one, ...others] = people
          ensure(one, 'a group has an owner')
          const sent = await one.say(idOf(one), text)
          for (const person of others) {
            const got = await person.hears(`${person.userId} is told of it`, () =>
              person.received().find((it) => isSame(it, sent)),
            )
            ensureSame(textOf(got), text, `what ${person.userId} is told`)
            ensureSame(
              textOf(await inHistory(person, idOf(person), sent)),
              text,
              `what ${person.userId} reads`,
            )
          }
        },
      )
    }
    for (const { about, text } of [...TEXTS.slice(5, 12), ...TEXTS.slice(35, 38)]) {
      check('B1, E5', `quotes ${about} in a reply as it is`, ['messages.send'], async ({ direct }) => {
        const { one, two, oneId, twoId } = await direct()
        const asked = fresh('question')
        await one.say(oneId, asked)
        const question = await two.gets(asked)
        const reply = await two.say(twoId, fresh('answer'), { replyTo: { ref: question, abstract: text } })
        const got = await one.hears('the reply comes', () => one.received().find((it) => isSame(it, reply)))
        ensureSame(got.replyTo?.abstract, text, 'the abstract')
      })
    }
    for (const { about, text } of [...TEXTS.slice(5, 13), ...TEXTS.slice(42, 46)]) {
      check('B5, C-custom', `carries ${about} in data of the app`, ['messages.send'], async ({ direct }) => {
        const { one, two, oneId } = await direct()
        const part = {
          kind: 'custom',
          type: 'test',
          data: { [text.slice(0, 20)]: [text, { nested: text }] },
          fallback: text,
        } as const
        const verdict = one.transport.can('messages.send', { conversationId: oneId, part: 'custom' })
        const { answer } = await answerOrRefusal(
          () => one.transport.messages.send(outgoing(oneId, '', { parts: [part] })),
          'send',
        )
        ensure(
          answer !== undefined || verdict !== 'yes',
          "can('messages.send') said yes to a custom part, and it was refused",
        )
        if (answer === undefined) return
        const got = await two.hears('it comes', () =>
          two.received().find((it) => isSame(it, answer as Message)),
        )
        ensureSame(got.parts, [part], 'the parts')
      })
    }
    check(
      'B1, F1',
      'shows the newest text in the list as it is',
      ['messages.send', 'conversations.list'],
      async ({ direct }) => {
        const { one, two, oneId, twoId } = await direct()
        const text = `${fresh('preview')} <b> &amp; 你好`
        await one.say(oneId, text)
        await two.gets(text)
        await two.hears('the list shows it as the newest', async () => {
          const { items } = await two.transport.conversations.list()
          const last = items.find(({ id }) => id === twoId)?.last
          if (!last?.parts) return last ? true : undefined
          return textOf({ parts: last.parts }) === text || undefined
        })
      },
    )
  })
}
