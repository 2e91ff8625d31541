import { watch } from 'vue'
import { createChatKit } from '../../src/app'
import { leash } from '../../src/app/leash'
import type { Clock, IdSource, Transport } from '../../src/core/ports'
import type { ConversationId, Dispatch, Message, OutboxItem } from '../../src/model'
import { useConversationStore, useOutboxStore, useSessionStore, useTimelineStore } from '../../src/stores'
import { skewedClock, withFaults } from '../../src/testing'
import { createRandom } from '../../src/core/random'
import type { FaultCounts, Faults } from '../../src/testing'
import { createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { createRecordingLogger } from '../support/recordingLogger'
import type { Device } from './device'

/** A row as a person sees it. */
export interface Row {
  readonly rowKey: string
  readonly message: Message
  /** The backend has given it its place. */
  readonly isPlaced: boolean
  readonly isBelowGap: boolean
  /** Where an own message stands that was written here. */
  readonly outbox?: string
}

/** One page of one person: a real kit behind a bad network. */
export interface Tab {
  readonly name: string
  readonly userId: string
  readonly dispatch: Dispatch
  isOnline(): boolean
  rows(id: ConversationId): readonly Row[]
  /** Whether there is more to load above, and below. */
  hasOlder(id: ConversationId): boolean
  hasNewer(id: ConversationId): boolean
  unreadCount(id: ConversationId): number
  waiting(): readonly OutboxItem[]
  goOffline(): Promise<void>
  goOnline(): void
  calm(): void
  counts(): FaultCounts
  /** As if the page were gone in this moment. */
  kill(): Promise<void>
  dispose(): Promise<void>
}

/** What a tab is opened with; whatever the tabs of a person share is on the device. */
export interface TabSetup {
  readonly name: string
  readonly userId: string
  readonly device: Device
  readonly service: EmbeddedService
  readonly clock: Clock
  readonly ids: IdSource
  readonly faults: Omit<Faults, 'clock'>
  /** Takes the place of the transport, to break on purpose what the engine relies on. */
  readonly sabotage: Sabotage
  /** There is no network at all. */
  readonly isUnplugged?: boolean
  /** Hears of what is shown, and of what waits to be sent. */
  onRows(id: ConversationId, rows: readonly Row[]): void
  onWaiting(items: readonly OutboxItem[]): void
}
/** Changes what comes from the backend before a kit hears it. */
export type Sabotage = (transport: Transport) => Transport

/** Opens a tab, which signs in by itself. */
export function openTab(setup: TabSetup): Tab {
  const { name, userId, device, clock, ids, faults } = setup
  const embedded = setup.sabotage(createEmbeddedTransport({ service: setup.service }))
  const reached = setup.isUnplugged ? { ...embedded, connect: () => {} } : embedded
  const transport = withFaults(reached, { ...faults, clock, clockSkew: device.clockSkew })
  const ownClock = leash(skewedClock(clock, device.clockSkew))
  const { cache, kill } = device.open({ ownId: userId, clock: ownClock, ids })
  const kit = createChatKit({
    ...{ transport, userId, ids, cache },
    // A machine without a screen.
    platform: {
      fileUrl: () => undefined,
      releaseFileUrl: () => {},
      imageSize: async () => undefined,
      tabs: device.tabs.tab(name),
    },
    clock: ownClock,
    random: createRandom(faults.seed + 1).next,
    logger: createRecordingLogger(),
    historyPageSize: 4,
  })
  const { timelineById } = useTimelineStore(kit.pinia)
  const { itemById } = useOutboxStore(kit.pinia)
  const { byId } = useConversationStore(kit.pinia)

  function rows(id: ConversationId): readonly Row[] {
    const timeline = timelineById.get(id)
    if (!timeline) return []
    const gaps = timeline.gaps()
    return timeline.entries().map(({ rowKey, message, outbox }) => ({
      ...{ rowKey, message, isPlaced: message.order !== undefined, isBelowGap: gaps.has(rowKey) },
      ...(outbox && { outbox: outbox.state }),
    }))
  }

  const stops = [
    watch(
      () => [...timelineById],
      (now, before = []) => {
        for (const [id, timeline] of now) {
          if (!before.some(([otherId, other]) => otherId === id && other === timeline))
            setup.onRows(id, rows(id))
        }
      },
      { flush: 'sync' },
    ),
    watch(
      () => [...itemById.values()],
      (items) => setup.onWaiting(items),
      { flush: 'sync' },
    ),
  ]

  return {
    name,
    userId,
    dispatch: kit.dispatch,
    isOnline: () => useSessionStore(kit.pinia).session.state === 'online',
    rows,
    hasOlder(id) {
      const older = timelineById.get(id)?.older
      return older !== undefined && !('end' in older)
    },
    hasNewer(id) {
      const newer = timelineById.get(id)?.newer
      return newer !== undefined && !('end' in newer)
    },
    unreadCount: (id) => byId.get(id)?.unreadCount ?? 0,
    waiting: () => [...itemById.values()],
    goOffline: () => kit.disconnect(),
    goOnline: () => kit.connect(),
    calm: () => transport.calm(),
    counts: () => transport.counts(),
    async kill() {
      stops.forEach((stop) => stop())
      kill()
      ownClock.stopAll()
      device.tabs.kill(name)
      await transport.kill()
    },
    async dispose() {
      stops.forEach((stop) => stop())
      await kit.dispose()
    },
  }
}
