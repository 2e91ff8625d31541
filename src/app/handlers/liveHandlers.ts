import { effectScope, watch } from 'vue'
import { catalogueError } from '../../core/errors'
import { requireSendable } from '../../core/limits'
import { LIKES_TOLD_AFTER_MS, LikeMeter, signalPart } from '../../core/live'
import { toChatError } from '../../model'
import type { ConversationId, GroupId, LiveRoomStanding, OutgoingMessage, Stop } from '../../model'
import { useGroupStore, useLiveStore, useSessionStore } from '../../stores'
import type { HandlerContext, Handlers } from './context'
import { cleanParts } from './messageHandlers'

type LiveIntents = 'enterLiveRoom' | 'sayLive' | 'likeLive'

/** One room that is watched, by so many views. */
interface Watching {
  readonly groupId: GroupId
  readonly likes: LikeMeter
  views: number
  /** What is being done at the backend: one thing after the other. */
  work: Promise<void>
  isCounting: boolean
  /** How often entering had to be tried again of late. */
  strikes: number
  readonly stops: Map<'retry' | 'count' | 'likes' | 'watch', Stop>
}

const COUNTED_EVERY_MS = 15_000
/** People come and go: their number is asked for again this long after it has changed. */
const COUNTED_AFTER_MS = 1_000
const RETRY_AFTER_MS = 1_000
const LONGEST_RETRY_MS = 30_000

/** Handlers of what is wanted of live rooms. Nothing of it waits for a connection: a live room is of the moment. */
export function liveHandlers(context: HandlerContext): Handlers<LiveIntents> {
  const { transport, ingest, clock, pinia, ids, logger } = context
  const rooms = new Map<GroupId, Watching>()
  const live = useLiveStore(pinia)
  const groups = useGroupStore(pinia)
  const session = useSessionStore(pinia)

  /** What may have arrived or not: said once more it goes by the same name, and is not said twice (D2). */
  let unsure: { readonly name: string; readonly clientId: string } | undefined

  const isOnline = () => session.session.state === 'online'
  const standingOf = (groupId: GroupId) => live.roomById.get(groupId)?.standing
  const tell = (groupId: GroupId, standing: LiveRoomStanding) =>
    ingest([{ type: 'liveRoom.changed', groupId, standing }], 'local')

  // Detached, for it must outlive the component that may have made the kit.
  effectScope(true).run(() =>
    watch(isOnline, (isThere) => [...rooms.values()].forEach(isThere ? enterAgain : wait), { flush: 'sync' }),
  )

  function wait({ groupId, stops }: Watching): void {
    stops.get('retry')?.()
    const { state } = standingOf(groupId) ?? {}
    if (state !== 'kicked' && state !== 'ended') tell(groupId, { state: 'waiting' })
  }

  /** After an interruption the same room is entered again (J7). */
  function enterAgain(room: Watching): void {
    const { state } = standingOf(room.groupId) ?? {}
    if (state === 'kicked' || state === 'ended') return
    queue(room, () => enter(room))
  }

  function queue(room: Watching, work: () => Promise<void>): void {
    room.work = room.work.then(work)
  }

  async function enter(room: Watching): Promise<void> {
    const { groupId } = room
    if (room.views === 0 || rooms.get(groupId) !== room) return
    if (!isOnline()) return tell(groupId, { state: 'waiting' })
    tell(groupId, { state: 'entering' })
    try {
      const conversationId = await join(groupId)
      tell(groupId, { state: 'in', conversationId })
      room.stops.get('watch')?.()
      room.stops.set('watch', watchRoom(room))
      // Not waited for: some backends answer it once a minute, and nobody stays in the door so long.
      void count(room)
    } catch (thrown) {
      const error = toChatError(thrown)
      if (!isOnline()) return tell(groupId, { state: 'waiting' })
      tell(groupId, { state: 'failed', error })
      if (error.retry === 'later') retry(room)
    }
  }

  async function join(groupId: GroupId): Promise<ConversationId> {
    const { groups: facet, conversations } = transport
    if (!facet) throw catalogueError('parley', 'unsupported')
    // Whoever left an ordinary group as he leaves a live room would be out of it.
    if (facet.types.includes('live')) {
      const type = groups.byId.get(groupId)?.type ?? (await facet.fetch([groupId]))[0]?.type
      if (type !== undefined && type !== 'live') throw catalogueError('parley', 'not-a-live-room')
    }
    await facet.join(groupId).catch((thrown: unknown) => {
      // Its owner is always in it, and so may be another device of this user.
      if (toChatError(thrown).kind !== 'already-done') throw thrown
    })
    const conversation = await conversations.open({ groupId })
    const found = await facet.fetch([groupId])
    ingest(
      [
        { type: 'conversation.changed', conversations: [conversation] },
        // Who may give orders there must be known before the first one comes (J6).
        { type: 'groups.fetched', found, missing: [], heardAt: clock.now() },
      ],
      'local',
    )
    return conversation.id
  }

  function retry(room: Watching): void {
    const ms = Math.min(RETRY_AFTER_MS * 2 ** room.strikes, LONGEST_RETRY_MS)
    room.strikes++
    room.stops.get('retry')?.()
    room.stops.set(
      'retry',
      clock.after(ms, () => enterAgain(room)),
    )
  }

  /** Follows what becomes of a room one is in. */
  function watchRoom(room: Watching): Stop {
    const { groupId } = room
    const scope = effectScope(true)
    scope.run(() => {
      watch(
        () => standingOf(groupId)?.state,
        (state) => {
          if (state === 'out') retry(room)
          // The order to go is followed here: many backends leave it to whoever is put out (J4).
          if (state === 'kicked') queue(room, () => quit(groupId))
        },
        { flush: 'sync', immediate: true },
      )
      watch(
        () => groups.byId.get(groupId)?.memberCount,
        () => countIn(room, COUNTED_AFTER_MS),
        { flush: 'sync' },
      )
    })
    return () => scope.stop()
  }

  async function quit(groupId: GroupId): Promise<void> {
    if (!isOnline() || groups.byId.get(groupId)?.me?.role === 'owner') return
    await transport.groups?.quit(groupId).catch((thrown: unknown) => {
      // Whoever is out already is where he wants to be.
      logger.debug('A live room could not be left.', thrown)
    })
  }

  function countIn(room: Watching, ms: number): void {
    room.stops.get('count')?.()
    room.stops.set(
      'count',
      clock.after(ms, () => void count(room)),
    )
  }

  async function count(room: Watching): Promise<void> {
    const { groupId } = room
    const isIn = () => standingOf(groupId)?.state === 'in' && room.stops.has('watch')
    // Some backends answer once a minute: who asks waits, and does not ask again meanwhile.
    if (!transport.groups?.onlineCount || !isIn() || room.isCounting) return
    room.isCounting = true
    try {
      const onlineCount = await transport.groups.onlineCount(groupId)
      if (Number.isFinite(onlineCount)) ingest([{ type: 'liveRoom.counted', groupId, onlineCount }], 'local')
    } catch (thrown) {
      logger.debug('The people in a live room could not be counted.', thrown)
    } finally {
      room.isCounting = false
    }
    if (isIn()) countIn(room, COUNTED_EVERY_MS)
  }

  function leave(room: Watching): void {
    room.views -= 1
    if (room.views > 0) return
    const { groupId } = room
    const wasIn = standingOf(groupId)?.state === 'in'
    if (wasIn) void tellLikes(room, true)
    for (const stop of room.stops.values()) stop()
    room.stops.clear()
    queue(room, async () => {
      if (room.views > 0) return
      rooms.delete(groupId)
      ingest([{ type: 'liveRoom.left', groupId }], 'local')
      if (wasIn) await quit(groupId)
    })
  }

  /** The room one is in; whoever is about to come in speaks as soon as he is. */
  async function requireRoom(groupId: GroupId): Promise<ConversationId> {
    if (standingOf(groupId)?.state === 'entering') await rooms.get(groupId)?.work
    const standing = standingOf(groupId)
    if (standing?.state === 'in') return standing.conversationId
    if (standing?.state === 'failed') throw standing.error
    throw catalogueError('parley', standing?.state === 'waiting' ? 'offline' : 'not-in-conversation')
  }

  async function say(
    conversationId: ConversationId,
    { priority, ...given }: Pick<OutgoingMessage, 'parts' | 'priority'>,
  ): Promise<void> {
    const body = {
      parts: cleanParts(given.parts),
      delivery: 'online-only' as const,
      ...(priority && { priority }),
    }
    requireSendable(body, transport.limits({ conversationId }))
    const name = JSON.stringify([conversationId, body])
    const clientId = unsure?.name === name ? unsure.clientId : ids.next()
    unsure = undefined
    const sent = await transport.messages
      .send({ ...body, conversationId, clientId })
      .result.catch((thrown: unknown) => {
        if (toChatError(thrown).effect === 'unknown') unsure = { name, clientId }
        throw thrown
      })
    ingest([{ type: 'message.received', messages: [sent], isLive: true }], 'local')
  }

  async function tellLikes(room: Watching, isLast = false): Promise<void> {
    room.stops.get('likes')?.()
    const standing = standingOf(room.groupId)
    const count = room.likes.take()
    if (count === 0 || standing?.state !== 'in') return
    const parts = [signalPart({ kind: 'like', count }, '\u{1F44D}')]
    try {
      await say(standing.conversationId, { parts, priority: 'low' })
    } catch (thrown) {
      logger.debug('Likes could not be told.', thrown)
      if (isLast) return
      room.likes.giveBack(count)
      tellLikesLater(room)
    }
  }

  function tellLikesLater(room: Watching): void {
    room.stops.set(
      'likes',
      clock.after(LIKES_TOLD_AFTER_MS, () => void tellLikes(room)),
    )
  }

  return {
    async enterLiveRoom({ groupId }) {
      const known = rooms.get(groupId)
      const room: Watching = known ?? {
        groupId,
        likes: new LikeMeter(),
        views: 0,
        work: Promise.resolve(),
        strikes: 0,
        isCounting: false,
        stops: new Map(),
      }
      rooms.set(groupId, room)
      room.views += 1
      const { state } = standingOf(groupId) ?? {}
      // Whoever looks in once more tries once more.
      if (room.views === 1 || state === 'kicked' || state === 'failed') {
        tell(groupId, { state: isOnline() ? 'entering' : 'waiting' })
        queue(room, () => enter(room))
      }
      let isOver = false
      return () => {
        if (!isOver) leave(room)
        isOver = true
      }
    },

    async sayLive({ groupId, ...body }) {
      await say(await requireRoom(groupId), body)
    },

    async likeLive({ groupId }) {
      await requireRoom(groupId)
      const room = rooms.get(groupId)
      if (!room) return
      ingest([{ type: 'liveRoom.liked', groupId, count: 1 }], 'local')
      if (room.likes.tap()) tellLikesLater(room)
    },
  }
}
