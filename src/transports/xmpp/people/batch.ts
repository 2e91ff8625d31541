import { toChatError } from '../../../model'
import type { BatchResult, UserId } from '../../../model'
import { refusals } from '../refusals'
import type { BareJid } from '../wire/jid'
import type { Me } from '../wire/wire'

const AT_ONCE = 4

/** Does the work for each item, a few at a time; the answers stand in the order of the items. */
export async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  atOnce = AT_ONCE,
): Promise<readonly R[]> {
  const answers: R[] = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      answers[index] = await work(items[index] as T)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return answers
}

/** Does something to each of these, once, and tells for each how it went. */
export async function forEachId<Id extends string>(
  ids: readonly Id[],
  work: (id: Id) => Promise<'done' | 'pending' | void>,
): Promise<BatchResult> {
  if (!Array.isArray(ids)) throw refusals.invalid('a list of ids is needed')
  const done: Id[] = []
  const pending: Id[] = []
  const failed: BatchResult['failed'][number][] = []
  await inParallel([...new Set(ids as readonly Id[])], async (id) => {
    try {
      ;((await work(id)) === 'pending' ? pending : done).push(id)
    } catch (error) {
      failed.push({ id, error: toChatError(error) })
    }
  })
  return { done, pending, failed }
}

/** Does something to each person and tells for each how it went. */
export function toEach(
  me: Me,
  userIds: readonly UserId[],
  work: (jid: BareJid, userId: UserId) => Promise<'done' | 'pending'>,
): Promise<BatchResult> {
  return forEachId(userIds, (id) => {
    const jid = me.names.jidOfUser(id)
    if (jid === undefined) throw refusals.badUserId()
    return work(jid, id)
  })
}
