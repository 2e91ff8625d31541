import type { UserId } from '../../model'
import type { Engine } from './engine'
import { quitGroup } from './groupDoors'
import { startingWith } from './storage/storage'

/** Ends the memberships of live rooms that last no longer than a session, unless the user is here otherwise (J7). */
export async function leaveLiveRooms(engine: Engine, userId: UserId): Promise<void> {
  if (engine.attendance.isHere(userId)) return
  const groupIds = await engine.read(async (reading) => {
    const ids = (await reading.range('memberships', startingWith(userId))).map((row) => row.conversationId)
    const rows = await reading.getMany('conversations', ids)
    const live = rows.flatMap((row) => (row?.kind === 'live' && row.groupId !== undefined ? [row] : []))
    const members = await reading.getMany(
      'members',
      live.map(({ id }) => [id, userId]),
    )
    return live.flatMap(({ groupId }, i) => (groupId && members[i]?.role === 'member' ? [groupId] : []))
  })
  if (groupIds.length === 0) return
  await engine.write(async (change) => {
    for (const groupId of groupIds) await quitGroup(change, userId, groupId)
  })
}
