import type { UserId } from '../../model'
import type { SignIn } from './caller'
import { checkedId } from './checkedValues'
import { groupConversationId } from './conversationIds'
import type { Engine } from './engine'
import { requireGroup, requireMember } from './members'

/** How long the other tabs have to answer. */
const ROLL_CALL_MS = 150

/** How many members of a group are signed in right now, in whatever tab. */
export async function countOnline(engine: Engine, { userId }: SignIn, given: unknown): Promise<number> {
  const groupId = checkedId(given, 'groupId')
  const conversationId = groupConversationId(groupId)
  await engine.read(async (reading) => {
    await requireGroup(reading, groupId)
    await requireMember(reading, conversationId, userId)
  })
  const present = await rollCall(engine)
  const rows = await engine.read((reading) =>
    reading.getMany(
      'members',
      present.map((id) => [conversationId, id]),
    ),
  )
  return rows.filter((row) => row !== undefined).length
}

/** Asks every session who it is. */
async function rollCall({ channel, clock, ids, storage }: Engine): Promise<readonly UserId[]> {
  const call = ids.next()
  const present = new Set<UserId>()
  const stop = channel.listen((signal) => {
    if (signal.kind === 'present' && signal.call === call) present.add(signal.userId)
  })
  channel.post({ kind: 'roll-call', call })
  // In memory there is only this tab, and it has answered by now.
  if (storage.kind() === 'indexeddb') await new Promise<void>((done) => clock.after(ROLL_CALL_MS, done))
  stop()
  return [...present]
}
