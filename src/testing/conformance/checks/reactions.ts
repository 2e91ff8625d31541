import type { Message, MessageChange, UserId } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, isSame } from '../person'
import type { Person } from '../person'
import { walk } from '../reading'
import type { Suite } from '../topic'
import { exchange } from './exchange'

/** Who has reacted with what. */
type Reactions = Readonly<Record<string, readonly UserId[]>>

/** Reactions as a message and the changes to it add up. */
function addUp(message: Message, changes: readonly MessageChange[]): Reactions {
  let known = new Map<string, readonly UserId[]>(
    (message.reactions ?? []).map(({ key, someIds }) => [key, someIds]),
  )
  for (const change of changes) {
    if (!isSame(change.ref, message)) continue
    if (change.kind === 'reaction-totals') {
      if (change.isWhole) known = new Map()
      for (const { key, someIds, count } of change.totals) known.set(key, count > 0 ? someIds : [])
    }
    if (change.kind !== 'reactions-of') continue
    const { userId, reactionKeys } = change
    for (const [key, ids] of known)
      known.set(
        key,
        ids.filter((id) => id !== userId),
      )
    for (const key of reactionKeys) known.set(key, [...(known.get(key) ?? []), userId])
  }
  const entries = [...known].filter(([, ids]) => ids.length > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, ids]) => [key, [...new Set(ids)].sort()]))
}

/** As events told it. */
function heard(person: Person, message: Message): Reactions {
  return addUp(
    message,
    person.told('message.changed').flatMap(({ changes }) => changes),
  )
}

/** As the backend has it now: by a call where there is one, else from the history. */
async function read(person: Person, message: Message): Promise<Reactions> {
  const { fetchReactions } = person.transport.messages
  const { messages, changes } = await walk(
    person,
    { conversationId: message.conversationId, from: 'newest', direction: 'older', count: 20 },
    'by cursor',
    (pages) => pages.some((it) => isSame(it, message)),
  )
  const found = messages.find((it) => isSame(it, message)) ?? message
  if (!fetchReactions) return addUp(found, changes)
  const { reactions: _known, ...bare } = message
  return addUp(bare, (await person.transport.messages.fetchReactions?.([message])) ?? [])
}

/** Small answers to a message. */
export function reactionChecks(suite: Suite): void {
  suite.topic('Reactions', (check) => {
    const needs = ['messages.setReactions', 'messages.send'] as const
    for (const key of ['👍', '❤️', '👨‍👩‍👧', 'laugh', '+1', '笑']) {
      check('E3', `tells the author of ${key}`, needs, async (cast) => {
        const { one, two, sent, got } = await exchange(cast)
        await two.transport.messages.setReactions?.(got, [], [key])
        await one.hears(
          'the reaction is told',
          () => heard(one, sent)[key]?.includes(two.userId) || undefined,
        )
        ensureSame(await read(one, sent), { [key]: [two.userId] }, 'the reactions read afterwards')
      })
    }
    check('E3', 'adds up those of two people', needs, async (cast) => {
      const { one, two, sent, got } = await exchange(cast)
      await one.transport.messages.setReactions?.(sent, [], ['👍'])
      await two.transport.messages.setReactions?.(got, [], ['👍'])
      const both = { '👍': [one.userId, two.userId].sort() }
      for (const [person, message] of [
        [one, sent],
        [two, got],
      ] as const) {
        await person.hears(
          'both are there',
          async () => (ensureSame(await read(person, message), both, 'the reactions'), true),
        )
      }
    })
    check('E3', 'keeps several of one person', needs, async (cast) => {
      const { one, two, sent, got } = await exchange(cast)
      const { answer, refusal } = await answerOrRefusal(async () => {
        await two.transport.messages.setReactions?.(got, [], ['👍', '🎉'])
        return true
      }, 'two reactions at once')
      ensure(answer || refusal, 'setReactions answers')
      if (refusal) return
      await one.hears(
        'both are there',
        async () => (
          ensureSame(await read(one, sent), { '👍': [two.userId], '🎉': [two.userId] }, 'the reactions'),
          true
        ),
      )
    })
    check('E3', 'exchanges one for another', needs, async (cast) => {
      const { one, two, sent, got } = await exchange(cast)
      await two.transport.messages.setReactions?.(got, [], ['👍'])
      await two.transport.messages.setReactions?.(got, ['👍'], ['🎉'])
      await one.hears(
        'only the second is there',
        async () => (ensureSame(await read(one, sent), { '🎉': [two.userId] }, 'the reactions'), true),
      )
      await one.hears(
        'it is told so',
        () => (ensureSame(heard(one, sent), { '🎉': [two.userId] }, 'what was told'), true),
      )
    })
    check('E3', 'takes them all back', needs, async (cast) => {
      const { one, two, sent, got } = await exchange(cast)
      await two.transport.messages.setReactions?.(got, [], ['👍'])
      await one.hears('it is there', () => heard(one, sent)['👍'])
      await two.transport.messages.setReactions?.(got, ['👍'], [])
      await one.hears('it is gone', () => (ensureSame(heard(one, sent), {}, 'what was told'), true))
      ensureSame(await read(one, sent), {}, 'the reactions read afterwards')
    })
    check('E3', 'counts the same one given twice once', needs, async (cast) => {
      const { one, two, sent, got } = await exchange(cast)
      for (let turn = 0; turn < 2; turn++)
        await two.transport.messages.setReactions?.(got, turn ? ['👍'] : [], ['👍'])
      ensureSame(await read(one, sent), { '👍': [two.userId] }, 'the reactions')
    })
    check('E3', 'knows one’s own on another device', [...needs, 'two devices'], async (cast) => {
      const { two, got } = await exchange(cast)
      await two.transport.messages.setReactions?.(got, [], ['👍'])
      const device = await cast.arrive(cast.userId(1))
      await device.hears(
        'it is there',
        async () => (ensureSame(await read(device, got), { '👍': [two.userId] }, 'the reactions'), true),
      )
    })
    check('E3', 'says who has given one', [...needs, 'messages.reactors'], async (cast) => {
      const { one, two, sent, got } = await exchange(cast)
      await two.transport.messages.setReactions?.(got, [], ['👍'])
      await one.hears(
        'the page names him',
        async () =>
          (await one.transport.messages.reactors?.(sent, '👍'))?.items.includes(two.userId) || undefined,
      )
      ensureSame(
        (await one.transport.messages.reactors?.(sent, 'nobody'))?.items,
        [],
        'who gave what nobody gave',
      )
    })
    check('E3', 'fetches those of several messages', [...needs, 'messages.fetchReactions'], async (cast) => {
      const [a, b] = [await exchange(cast), await exchange(cast)]
      await a.two.transport.messages.setReactions?.(a.got, [], ['👍'])
      await a.two.transport.messages.setReactions?.(b.got, [], ['🎉'])
      const changes = (await a.one.transport.messages.fetchReactions?.([a.sent, b.sent])) ?? []
      ensureSame(addUp(a.sent, changes), { '👍': [a.two.userId] }, 'those of the first')
      ensureSame(addUp(b.sent, changes), { '🎉': [a.two.userId] }, 'those of the second')
    })
    check('E3', 'works in a group', [...needs, 'a group'], async ({ group }) => {
      const { people, idOf } = await group()
      const [one, two] = people as [Person, Person]
      const text = fresh('react to me')
      const sent = await one.say(idOf(one), text)
      await two.transport.messages.setReactions?.(await two.gets(text), [], ['👍'])
      await one.hears('the reaction is told', () => heard(one, sent)['👍']?.includes(two.userId) || undefined)
    })
    check('K2', 'refuses a message nobody knows', needs, async ({ direct }) => {
      const { one, oneId } = await direct()
      await refusalOf(
        () =>
          one.transport.messages.setReactions?.({ conversationId: oneId, keys: [fresh('no')] }, [], ['👍']),
        'a reaction to nothing',
      )
    })
  })
}
