import type { Message } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, isSame, textOf } from '../person'
import type { Person } from '../person'
import { folded, heardChanges, inHistory, recent } from '../reading'
import type { Check } from '../topic'
import { exchange } from './exchange'

/** True where nothing of the text is left. */
export function isGone(message: Message | undefined, text: string): boolean {
  return message === undefined || (message.recalled !== undefined && textOf(message) !== text)
}

const EDITS = ['other words', '<b>&amp;</b> 你好 😀', 'two\nlines']

/** Other words in the place of the first ones. */
export function editChecks(check: Check): void {
  const needs = ['messages.edit', 'messages.send'] as const
  const body = (text: string) => ({ parts: [{ kind: 'text', text }] as const })
  for (const words of EDITS) {
    check(
      'E2, B1, contract: changes',
      `tells the other end ${JSON.stringify(words)}`,
      needs,
      async (cast) => {
        const { one, two, sent, got } = await exchange(cast)
        const text = `${words} ${fresh('e')}`
        const answer = await one.transport.messages.edit?.(sent, body(text))
        ensureSame(textOf(answer), text, 'the answer of `edit`')
        ensure(answer && isSame(answer, sent), 'the answer has no key of the message')
        const change = await two.hears('the edit is told', () => heardChanges(two, 'edited', got).at(-1))
        ensure(
          change.isVouched || change.byId === one.userId,
          'the edit is neither vouched for nor by the sender, so the kit ignores it',
        )
        ensureSame(textOf(folded(got, [change])), text, 'what the other one has then')
      },
    )
  }
  check('E2', 'is seen in the history of both', needs, async (cast) => {
    const { one, two, oneId, twoId, sent, got } = await exchange(cast)
    const text = fresh('edited')
    await one.transport.messages.edit?.(sent, body(text))
    for (const [person, id, ref] of [
      [one, oneId, sent],
      [two, twoId, got],
    ] as const) {
      await person.hears(
        `the history of ${person.userId} has the new words`,
        async () => textOf(await inHistory(person, id, ref)) === text || undefined,
      )
    }
  })
  check('E2', 'is seen by whoever comes later', [...needs, 'a group'], async ({ group, arrive }) => {
    const { people, idOf, groupId } = await group()
    const [one, two] = people as [Person, Person]
    const [text, better] = [fresh('first'), fresh('better')]
    const sent = await one.say(idOf(one), text)
    const got = await two.gets(text)
    await one.transport.messages.edit?.(sent, body(better))
    await two.hears('the edit is told', () => heardChanges(two, 'edited', got)[0])
    const late = await arrive(two.userId)
    const { id } = await late.talkIn(groupId)
    ensureSame(textOf(await inHistory(late, id, got)), better, 'what whoever comes later reads')
  })
  check('E2', 'keeps the place of the message', needs, async (cast) => {
    const [first, second] = [await exchange(cast), await exchange(cast)]
    const text = fresh('edited in its place')
    await first.one.transport.messages.edit?.(first.sent, body(text))
    const messages = await recent(first.two, first.twoId, 20)
    const at = (ref: Message) => messages.findIndex((message) => isSame(message, ref))
    ensure(at(first.got) >= 0 && at(first.got) < at(second.got), 'the edited message has moved')
  })
  check('E2, contract: revision', 'counts its revisions, and the last words win', needs, async (cast) => {
    const { one, two, sent, got } = await exchange(cast)
    const first = await one.transport.messages.edit?.(sent, body(fresh('second words')))
    ensure(first, 'edit gives no answer')
    const text = fresh('third words')
    const second = await one.transport.messages.edit?.(first, body(text))
    if (first.revision !== undefined)
      ensure((second?.revision ?? 0) > first.revision, 'the revision does not grow')
    await two.hears(
      'the last words are told',
      () => textOf(folded(got, heardChanges(two, 'edited', got))) === text || undefined,
    )
  })
  check(
    'E2, contract: conflict',
    'does not lose a text to one that was based on older words',
    needs,
    async (cast) => {
      const { one, sent, oneId } = await exchange(cast)
      const text = fresh('newer')
      await one.transport.messages.edit?.(sent, body(text))
      const { refusal } = await answerOrRefusal(
        () => one.transport.messages.edit?.(sent, body(fresh('based on old'))),
        'an edit based on old words',
      )
      if (!refusal) return
      ensureSame(refusal.kind, 'conflict', 'the kind of the error')
      ensureSame(textOf(refusal.latest), text, 'the message as the server holds it (`latest`)')
      ensureSame(textOf(await inHistory(one, oneId, sent)), text, 'the history')
    },
  )
  check(
    'E2, contract: can',
    'is refused for a message of the other one, as can says',
    needs,
    async (cast) => {
      const { two, twoId, got, text } = await exchange(cast)
      const verdict = two.transport.can('messages.edit', { message: got, conversationId: twoId })
      await refusalOf(
        () => two.transport.messages.edit?.(got, body('forged')),
        'editing what another one wrote',
      )
      ensure(verdict !== 'yes', 'can says yes, and edit refuses')
      ensureSame(textOf(await inHistory(two, twoId, got)), text, 'the message')
    },
  )
  check('C1', 'refuses to leave a message empty', needs, async (cast) => {
    const { one, oneId, sent, text } = await exchange(cast)
    await refusalOf(() => one.transport.messages.edit?.(sent, { parts: [] }), 'an edit without parts')
    ensureSame(textOf(await inHistory(one, oneId, sent)), text, 'the message')
  })
  check('K2', 'refuses a message nobody knows', needs, async (cast) => {
    const { one, sent } = await exchange(cast)
    await refusalOf(
      () => one.transport.messages.edit?.({ ...sent, keys: [fresh('no such key')] }, body('x')),
      'editing nothing',
    )
  })
  check('E1, E2', 'refuses a message that was recalled', [...needs, 'messages.recall'], async (cast) => {
    const { one, oneId, sent, text } = await exchange(cast)
    await one.transport.messages.recall?.(sent)
    await answerOrRefusal(
      () => one.transport.messages.edit?.(sent, body('back again')),
      'editing what was recalled',
    )
    ensure(isGone(await inHistory(one, oneId, sent), text), 'the recalled message is back')
  })
}
