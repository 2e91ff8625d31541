import type { Conversation } from '../../../model'
import { BrokenRule, answerOrRefusal, ensure, ensureChatError, ensureSame, refusalOf } from '../ensure'
import { fresh, textOf } from '../person'
import type { Person } from '../person'
import { recent } from '../reading'
import type { Check } from '../topic'
import { ensureBatch } from './batch'
import { exchange } from './exchange'

/** The whole list, page by page. */
export async function listAll({ transport }: Person): Promise<readonly Conversation[]> {
  const all: Conversation[] = []
  let cursor: string | undefined
  for (let turns = 0; turns < 100; turns++) {
    const page = await transport.conversations.list(cursor)
    all.push(...page.items)
    cursor = page.next
    if (cursor === undefined) return all
  }
  throw new BrokenRule('the list of conversations does not end')
}

/** One row of the list. */
export async function rowOf(person: Person, id: string): Promise<Conversation | undefined> {
  return (await listAll(person)).find((conversation) => conversation.id === id)
}

/** Fails unless a field of a row becomes what it was set to, here and on another device. */
async function ensureField(
  people: readonly Person[],
  id: string,
  isSet: (row: Conversation) => boolean,
  words: string,
): Promise<void> {
  for (const person of people) {
    await person.hears(`${words}, for ${person.userId}`, async () => {
      const row = await rowOf(person, id)
      return (row && isSet(row)) || undefined
    })
  }
}

/** What somebody sets on a conversation. */
export function flagChecks(check: Check): void {
  check('F2', 'pins and unpins', ['conversations.setPinned', 'messages.send'], async (cast) => {
    const { one, oneId } = await exchange(cast)
    for (const isPinned of [true, false]) {
      await one.transport.conversations.setPinned?.(oneId, isPinned)
      await ensureField(
        [one],
        oneId,
        (row) => (row.isPinned ?? false) === isPinned,
        `isPinned becomes ${isPinned}`,
      )
    }
  })
  check(
    'F2, A5',
    'tells the other device of a pin',
    ['conversations.setPinned', 'messages.send', 'two devices'],
    async (cast) => {
      const device = await cast.arrive(cast.userId(0))
      const { one, oneId } = await exchange(cast)
      await one.transport.conversations.setPinned?.(oneId, true)
      await device.hears(
        'conversation.changed says so',
        () =>
          device
            .told('conversation.changed')
            .some(({ conversations }) =>
              conversations.some((row) => row.id === oneId && row.isPinned === true),
            ) || undefined,
      )
      await one.transport.conversations.setPinned?.(oneId, false)
    },
  )
  check('F2', 'keeps a pin to oneself', ['conversations.setPinned', 'messages.send'], async (cast) => {
    const { one, two, oneId, twoId } = await exchange(cast)
    await one.transport.conversations.setPinned?.(oneId, true)
    ensure(!(await rowOf(two, twoId))?.isPinned, 'the other one has it pinned too')
    await one.transport.conversations.setPinned?.(oneId, false)
  })
  check(
    'F2',
    'marks as unread and takes it back',
    ['conversations.setMarkedUnread', 'messages.send'],
    async (cast) => {
      const { one, oneId } = await exchange(cast)
      for (const isMarked of [true, false]) {
        await one.transport.conversations.setMarkedUnread?.(oneId, isMarked)
        await ensureField(
          [one],
          oneId,
          (row) => (row.isMarkedUnread ?? false) === isMarked,
          `isMarkedUnread becomes ${isMarked}`,
        )
      }
    },
  )
  check(
    'F2, contract: notify modes',
    'sets every way to notify that it has',
    ['conversations.setNotify', 'messages.send'],
    async (cast) => {
      const { one, oneId } = await exchange(cast)
      const modes = one.transport.conversations.notifyModes ?? []
      ensure(modes.length > 0, 'setNotify is there, and notifyModes is empty')
      for (const mode of [...modes, modes[0] ?? 'all']) {
        const result = await one.transport.conversations.setNotify?.([oneId], mode)
        ensureBatch(result, [oneId], 'setNotify')
        await ensureField([one], oneId, (row) => (row.notify ?? 'all') === mode, `notify becomes '${mode}'`)
      }
    },
  )
  check(
    'contract: batches',
    'answers for each conversation of a batch',
    ['conversations.setNotify', 'messages.send'],
    async (cast) => {
      const { one, oneId } = await exchange(cast)
      const [mode = 'all'] = one.transport.conversations.notifyModes ?? []
      const { answer } = await answerOrRefusal(
        () => one.transport.conversations.setNotify?.([oneId, 'no such conversation'], mode),
        'setNotify',
      )
      if (answer) ensureBatch(answer, [oneId, 'no such conversation'], 'setNotify')
    },
  )
  check('F7', 'keeps a draft', ['conversations.setDraft', 'messages.send'], async (cast) => {
    const { one, oneId } = await exchange(cast)
    const text = `${fresh('draft')} <&> 你好`
    await one.transport.conversations.setDraft?.(oneId, text)
    await ensureField([one], oneId, (row) => row.draft === text, 'the draft is there')
    await one.transport.conversations.setDraft?.(oneId, '')
    await ensureField([one], oneId, (row) => !row.draft, 'the draft is gone')
  })
  check('F7', 'keeps a draft to oneself', ['conversations.setDraft', 'messages.send'], async (cast) => {
    const { one, two, oneId, twoId } = await exchange(cast)
    const text = fresh('secret draft')
    await one.transport.conversations.setDraft?.(oneId, text)
    await exchange(cast)
    ensure(
      !JSON.stringify([two.events(), await rowOf(two, twoId)]).includes(text),
      'the other one has got the draft',
    )
    await one.transport.conversations.setDraft?.(oneId, '')
  })
  check('F4', 'marks and unmarks', ['conversations.setMark', 'messages.send'], async (cast) => {
    const { one, oneId } = await exchange(cast)
    for (const isSet of [true, false]) {
      ensureBatch(await one.transport.conversations.setMark?.([oneId], 'star', isSet), [oneId], 'setMark')
      await ensureField(
        [one],
        oneId,
        (row) => (row.marks ?? []).includes('star') === isSet,
        `the mark is ${isSet ? 'there' : 'gone'}`,
      )
    }
  })
  check(
    'F4',
    'makes, renames and deletes a folder',
    ['conversations.setFolder', 'conversations.folders', 'messages.send'],
    async (cast) => {
      const { one, oneId } = await exchange(cast)
      const [name, other] = [fresh('f'), fresh('g')]
      const { conversations } = one.transport
      ensureBatch(await conversations.setFolder?.(name, [oneId]), [oneId], 'setFolder')
      await ensureField([one], oneId, (row) => (row.folders ?? []).includes(name), 'it is in the folder')
      ensure((await conversations.folders?.())?.includes(name), 'folders() does not name it')
      await conversations.setFolder?.(other, [], name)
      await ensureField(
        [one],
        oneId,
        (row) => (row.folders ?? []).includes(other),
        'it is in the renamed folder',
      )
      await conversations.setFolder?.(other, [])
      await one.hears(
        'the folder is gone',
        async () => !(await conversations.folders?.())?.includes(other) || undefined,
      )
    },
  )
  for (const ability of ['setPinned', 'setMarkedUnread', 'clearHistory', 'setDraft'] as const) {
    check(
      'K2',
      `${ability} refuses a conversation that is none`,
      [`conversations.${ability}`],
      async ({ one }) => {
        const { conversations } = (await one()).transport
        const calls = {
          setPinned: () => conversations.setPinned?.('no such conversation', true),
          setMarkedUnread: () => conversations.setMarkedUnread?.('no such conversation', true),
          clearHistory: () => conversations.clearHistory?.('no such conversation'),
          setDraft: () => conversations.setDraft?.('no such conversation', 'x'),
        }
        await refusalOf(calls[ability], ability)
      },
    )
  }
}

/** What somebody clears and removes. */
export function behindChecks(check: Check): void {
  check(
    'E10',
    'clears one’s own history and keeps the row',
    ['conversations.clearHistory', 'messages.send'],
    async (cast) => {
      const { one, two, oneId, twoId, text } = await exchange(cast)
      await one.transport.conversations.clearHistory?.(oneId)
      await one.hears('nothing is left', async () => (await recent(one, oneId)).length === 0 || undefined)
      ensure(await rowOf(one, oneId), 'the row is gone')
      ensure(
        (await recent(two, twoId)).some((it) => textOf(it) === text),
        'the other one has lost it too',
      )
    },
  )
  check(
    'E10, A5',
    'tells the other device that it was cleared',
    ['conversations.clearHistory', 'messages.send', 'two devices'],
    async (cast) => {
      const device = await cast.arrive(cast.userId(0))
      const { one, oneId } = await exchange(cast)
      await one.transport.conversations.clearHistory?.(oneId)
      const event = await device.hears('conversation.cleared is told', () =>
        device.told('conversation.cleared').find(({ id }) => id === oneId),
      )
      ensure(Number.isFinite(event.upToAt), 'it does not say up to when')
    },
  )
  check('E10', 'goes on after clearing', ['conversations.clearHistory', 'messages.send'], async (cast) => {
    const { one, oneId } = await exchange(cast)
    await one.transport.conversations.clearHistory?.(oneId)
    const { text } = await exchange(cast)
    await one.hears('the new message is there alone', async () => {
      const said = (await recent(one, oneId)).map(textOf)
      return (said.length === 1 && said[0] === text) || undefined
    })
  })
  for (const withHistory of [false, true]) {
    check(
      'F2, D5',
      `removes a row ${withHistory ? 'with' : 'without'} its history until something is said`,
      ['conversations.remove', 'messages.send'],
      async (cast) => {
        const { one, two, oneId, twoId, text } = await exchange(cast)
        ensureBatch(await one.transport.conversations.remove?.([oneId], withHistory), [oneId], 'remove')
        await one.hears('the row is gone', async () => !(await rowOf(one, oneId)) || undefined)
        ensure(await rowOf(two, twoId), 'it is gone from the list of the other one too')
        const again = fresh('back again')
        await two.say(twoId, again)
        await one.gets(again)
        await one.hears('the row is back', async () => (await rowOf(one, oneId)) && true)
        const said = (await recent(one, oneId)).map(textOf)
        ensureSame(said.includes(text), !withHistory, 'whether the old message is there')
      },
    )
  }
  check(
    'F2, A5',
    'tells the other device that a row was removed',
    ['conversations.remove', 'messages.send', 'two devices'],
    async (cast) => {
      const device = await cast.arrive(cast.userId(0))
      const { one, oneId } = await exchange(cast)
      await one.transport.conversations.remove?.([oneId], false)
      await device.hears('conversation.removed is told', () =>
        device.told('conversation.removed').find(({ ids }) => ids.includes(oneId)),
      )
    },
  )
  check(
    'contract: batches',
    'answers for each conversation it is to remove',
    ['conversations.remove'],
    async ({ one }) => {
      const { transport } = await one()
      const { answer } = await answerOrRefusal(
        () => transport.conversations.remove?.(['no such conversation'], false),
        'remove',
      )
      if (!answer) return
      ensureBatch(answer, ['no such conversation'], 'remove')
      const { failed } = answer as { failed: readonly { error: unknown }[] }
      failed.forEach(({ error }) => ensureChatError(error, 'an error of a batch'))
    },
  )
}
