import { watch } from 'vue'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { leash } from '../../src/app/leash'
import type { Clock, IdSource, Platform } from '../../src/core/ports'
import type { ConversationId, Dispatch, Message } from '../../src/model'
import { useSessionStore, useTimelineStore } from '../../src/stores'
import { skewedClock, withFaults } from '../../src/testing'
import type { FaultCounts, Faults } from '../../src/testing'
import { createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { createRecordingLogger } from '../support/recordingLogger'

/** A row as a person sees it. */
export interface Row {
  readonly rowKey: string
  readonly message: Message
  /** Where an own message stands that this tab wrote. */
  readonly outbox?: string
}

/** One page of one person: a real kit behind a bad network. */
export interface Tab {
  readonly name: string
  readonly userId: string
  readonly dispatch: Dispatch
  isOnline(): boolean
  rows(id: ConversationId): readonly Row[]
  /** Whether there is more to load above. */
  hasOlder(id: ConversationId): boolean
  goOffline(): Promise<void>
  goOnline(): void
  calm(): void
  counts(): FaultCounts
  /** As if the page were gone in this moment. */
  kill(): Promise<void>
  dispose(): Promise<void>
}

/** What a tab is opened with; whatever the tabs of a person share belongs here. */
export interface TabSetup {
  readonly name: string
  readonly userId: string
  readonly service: EmbeddedService
  readonly clock: Clock
  readonly ids: IdSource
  readonly faults: Omit<Faults, 'clock'>
  /** Takes the place of the transport, to break on purpose what the engine relies on. */
  readonly sabotage: Sabotage
  /** Hears of each own message that fails or that nobody can be sure of. */
  onTrouble(rowKey: string): void
}
/** Changes what comes from the backend before a kit hears it. */
export type Sabotage = (
  transport: ReturnType<typeof createEmbeddedTransport>,
) => ReturnType<typeof createEmbeddedTransport>

/** A machine without a screen. */
const platform: Platform = {
  fileUrl: () => undefined,
  releaseFileUrl: () => {},
  imageSize: async () => undefined,
}

/** Opens a tab, which signs in by itself. */
export function openTab({ name, userId, service, clock, ids, faults, sabotage, onTrouble }: TabSetup): Tab {
  const transport = withFaults(sabotage(createEmbeddedTransport({ service })), { ...faults, clock })
  const ownClock = leash(skewedClock(clock, faults.clockSkew ?? 0))
  const kit: ChatKit = createChatKit({
    transport,
    userId,
    ids,
    platform,
    clock: ownClock,
    logger: createRecordingLogger(),
    historyPageSize: 5,
  })
  const timelines = useTimelineStore(kit.pinia)
  watch(
    () => [...timelines.timelineById.values()].map((timeline) => timeline.entries()),
    (all) => {
      for (const { rowKey, outbox } of all.flat()) {
        if (outbox?.state === 'failed' || outbox?.state === 'unsure') onTrouble(rowKey)
      }
    },
    { flush: 'sync' },
  )
  return {
    name,
    userId,
    dispatch: kit.dispatch,
    isOnline: () => useSessionStore(kit.pinia).session.state === 'online',
    rows: (id) =>
      (timelines.timelineById.get(id)?.entries() ?? []).map(({ rowKey, message, outbox }) => ({
        rowKey,
        message,
        ...(outbox && { outbox: outbox.state }),
      })),
    hasOlder: (id) => {
      const older = timelines.timelineById.get(id)?.older
      return older !== undefined && !('end' in older)
    },
    goOffline: () => kit.disconnect(),
    goOnline: () => kit.connect(),
    calm: () => transport.calm(),
    counts: () => transport.counts(),
    async kill() {
      ownClock.stopAll()
      await transport.kill()
    },
    dispose: () => kit.dispose(),
  }
}
