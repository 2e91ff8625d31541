import type { Pinia } from 'pinia'
import { LiveBuffer, likesOf } from '../core/live'
import type {
  ConversationId,
  EpochMs,
  GroupId,
  LiveRoomStanding,
  Message,
  MessageChange,
  TransportEvent,
  UserId,
} from '../model'
import { useGroupStore } from './groupStore'
import { useLiveStore } from './liveStore'
import type { WatchedRoom } from './liveStore'

type Removal = Extract<TransportEvent, { type: 'member.removed' }>

/** What changes live rooms. */
export function liveWriters(pinia: Pinia, ownId: UserId) {
  const store = useLiveStore(pinia)
  const groups = useGroupStore(pinia)

  function patch(groupId: GroupId, change: Partial<WatchedRoom>): void {
    const room = store.roomById.get(groupId)
    if (room) store.roomById.set(groupId, { ...room, ...change })
  }

  /** What the buffer of a room shows now, and whether its user may stay. */
  function show(id: ConversationId): void {
    const held = store.bufferById.get(id)
    if (!held) return
    const snapshot = held.buffer.snapshot()
    const room = store.roomById.get(held.groupId)
    if (!room || room.snapshot === snapshot) return
    const { kickedById } = snapshot
    const isOut = kickedById !== undefined && room.standing.state === 'in'
    patch(held.groupId, {
      snapshot,
      ...(isOut && { standing: { state: 'kicked', byId: kickedById } as const }),
    })
  }

  function dropBuffers(groupId: GroupId): void {
    for (const [id, held] of store.bufferById) if (held.groupId === groupId) store.bufferById.delete(id)
  }

  function open(groupId: GroupId, conversationId: ConversationId, isAnew: boolean): void {
    const known = store.bufferById.get(conversationId)
    if (known && !isAnew) return show(conversationId)
    dropBuffers(groupId)
    const buffer = new LiveBuffer({ conversationId, ownId })
    buffer.knowLikes(likesOf(groups.byId.get(groupId)))
    store.bufferById.set(conversationId, { groupId, buffer })
    show(conversationId)
  }

  return {
    setLiveStanding(groupId: GroupId, standing: LiveRoomStanding): void {
      const room = store.roomById.get(groupId)
      // Whoever was put out and is let in again begins anew.
      const isAnew = room?.snapshot?.kickedById !== undefined
      store.roomById.set(groupId, { ...room, standing })
      if (standing.state === 'in') open(groupId, standing.conversationId, isAnew)
    },
    setLiveCount(groupId: GroupId, onlineCount: number): void {
      patch(groupId, { onlineCount })
    },
    likeLive(groupId: GroupId, count: number): void {
      for (const [id, held] of store.bufferById) {
        if (held.groupId !== groupId) continue
        held.buffer.addOwnLikes(count)
        show(id)
      }
    },
    closeLive(groupId: GroupId): void {
      dropBuffers(groupId)
      store.roomById.delete(groupId)
    },
    /** Takes what belongs to the rooms that are watched, and gives back the rest. */
    takeLive(messages: readonly Message[], at: EpochMs): readonly Message[] {
      if (store.bufferById.size === 0) return messages
      const others: Message[] = []
      const ours = new Map<ConversationId, Message[]>()
      for (const message of messages) {
        const id = message.conversationId
        if (!store.bufferById.has(id)) others.push(message)
        else ours.set(id, [...(ours.get(id) ?? []), message])
      }
      for (const [id, mine] of ours) {
        const held = store.bufferById.get(id)
        held?.buffer.add(mine, at, groups.byId.get(held.groupId))
        show(id)
      }
      return others
    },
    changeLive({ ref, kind }: MessageChange): void {
      if (kind !== 'recalled' && kind !== 'removed') return
      store.bufferById.get(ref.conversationId)?.buffer.remove(ref.keys)
      show(ref.conversationId)
    },
    removeFromLive({ groupId, userIds, how, byId }: Removal): void {
      if (!userIds.includes(ownId) || store.roomById.get(groupId)?.standing.state !== 'in') return
      const isKicked = how === 'kicked' || how === 'banned'
      patch(groupId, {
        standing: isKicked ? { state: 'kicked', ...(byId !== undefined && { byId }) } : { state: 'out' },
      })
    },
    /** The group of a room is known better than before. */
    renewLive(groupId: GroupId): void {
      if (!store.roomById.has(groupId)) return
      const group = groups.byId.get(groupId)
      if (group?.state === 'dissolved') patch(groupId, { standing: { state: 'ended' } })
      for (const [id, held] of store.bufferById) {
        if (held.groupId !== groupId) continue
        held.buffer.knowLikes(likesOf(group))
        show(id)
      }
    },
  }
}
