import { effectScope, watch } from 'vue'
import { isAskableId, isStale, Lookup, SnapshotNotes, soundGroups, soundProfiles } from '../../core/profiles'
import type { CachedNoun } from '../../core/ports'
import type { EpochMs, GroupId, LimitName, UserId } from '../../model'
import { useContactStore, useGroupStore, useProfileStore, useSessionStore } from '../../stores'
import { createBackground } from './background'
import type { HandlerContext, Handlers } from './context'

const GROUP_BATCH_SIZE = 50
type PeopleIntents = 'loadProfiles' | 'loadGroups' | 'watchProfiles' | 'watchGroups'

/** Handlers of what is wanted of people and groups: asked for lazily, many at a time (G2). */
export function peopleHandlers(context: HandlerContext): Handlers<PeopleIntents> {
  const { transport, clock, pinia } = context
  const session = useSessionStore(pinia)
  const snapshots = new SnapshotNotes()
  /** Since this moment no event was missed. What was kept from before is as good where the events went on. */
  let completeSinceAt: EpochMs = -Infinity
  const profiles = profileLookup(context, () => completeSinceAt, snapshots)
  const groups = groupLookup(context, () => completeSinceAt)

  // Detached, for it must outlive the component that may have made the kit.
  effectScope(true).run(() =>
    watch(
      () => session.session,
      (now, before) => {
        if (now.state !== 'online') return
        // The same break may be told twice, while catching up and after it.
        const wasTold = before?.state === 'online' && !before.hasContinuity
        const isDoubtful = !now.hasContinuity && !wasTold
        if (isDoubtful) completeSinceAt = clock.now()
        for (const lookup of [profiles, groups]) lookup.resume(isDoubtful ? 0 : undefined)
      },
      { flush: 'sync' },
    ),
  )

  function askable(ids: readonly string[], limit: LimitName): readonly string[] {
    const mostBytes = transport.limits()[limit]
    return ids.filter((id) => isAskableId(id, mostBytes))
  }
  const askableUsers = (ids: readonly UserId[]) => askable(ids, 'userIdBytes')
  const askableGroups = (ids: readonly GroupId[]) => askable(ids, 'groupIdBytes')

  return {
    async loadProfiles({ ids, refresh }) {
      profiles.load(askableUsers(ids), refresh)
    },
    async loadGroups({ ids, refresh }) {
      groups.load(askableGroups(ids), refresh)
    },
    async watchProfiles({ ids, maxAgeMs, snapshot }) {
      const isOutdated = snapshot && createComparer(context, snapshots, ids, snapshot)
      return profiles.watch(askableUsers(ids), {
        ...(maxAgeMs !== undefined && { maxAgeMs }),
        ...(isOutdated && { isOutdated }),
      })
    },
    async watchGroups({ ids, maxAgeMs }) {
      return groups.watch(askableGroups(ids), maxAgeMs === undefined ? {} : { maxAgeMs })
    },
  }
}

function profileLookup(
  context: HandlerContext,
  completeSinceAt: () => EpochMs,
  snapshots: SnapshotNotes,
): Lookup {
  const { transport, ingest, clock, pinia, cache } = context
  const store = useProfileStore(pinia)
  const { isOnline, warn } = createBackground(context)

  return new Lookup({
    clock,
    batchSize: () => transport.profiles?.batchSize ?? 1,
    canAsk: () => isOnline() && transport.profiles !== undefined,
    isUnknown: (id) => !store.heardAtById.has(id),
    isStale: (id, maxAgeMs) => {
      const known = {
        ...heardAtOf(store, id),
        isMissing: store.missingIds.has(id),
        isPushed: isPushed(context, id),
      }
      return isStale(known, clock.now(), completeSinceAt(), maxAgeMs)
    },
    ...(cache && {
      readCache: async (ids) =>
        ingest(
          (await cache.profiles(ids)).map((noun) => ({ type: 'profiles.fetched', ...answerOf(noun) })),
          'cache',
        ),
    }),
    async fetch(ids) {
      const answer: { readonly found?: unknown; readonly missing?: unknown } | undefined =
        await transport.profiles?.fetch(ids)
      const found = soundProfiles(answer?.found, ids)
      const isFound = new Set(found.map(({ id }) => id))
      const denied = new Set<unknown>(Array.isArray(answer?.missing) ? answer.missing : [])
      const missing = ids.filter((id) => denied.has(id) && !isFound.has(id))
      ingest([{ type: 'profiles.fetched', found, missing, heardAt: clock.now() }], 'local')
      const answered = [...isFound, ...missing]
      snapshots.follow(answered)
      return answered
    },
    onRefused: (id) =>
      ingest([{ type: 'profiles.fetched', found: [], missing: [id], heardAt: clock.now() }], 'local'),
    onError: (error) => warn('Profiles could not be read.', error),
  })
}

function groupLookup(context: HandlerContext, completeSinceAt: () => EpochMs): Lookup {
  const { transport, ingest, clock, pinia, cache } = context
  const store = useGroupStore(pinia)
  const { isOnline, warn } = createBackground(context)

  return new Lookup({
    clock,
    batchSize: () => GROUP_BATCH_SIZE,
    canAsk: () => isOnline() && transport.groups !== undefined,
    isUnknown: (id) => !store.heardAtById.has(id),
    isStale: (id, maxAgeMs) => {
      // A backend tells its members what changes in a group, and nobody else.
      const isPushed = store.byId.get(id)?.state === 'joined'
      const known = { ...heardAtOf(store, id), isMissing: store.missingIds.has(id), isPushed }
      return isStale(known, clock.now(), completeSinceAt(), maxAgeMs)
    },
    ...(cache && {
      readCache: async (ids) =>
        ingest(
          (await cache.groups(ids)).map((noun) => ({ type: 'groups.fetched', ...answerOf(noun) })),
          'cache',
        ),
    }),
    async fetch(ids) {
      const answer: unknown = await transport.groups?.fetch(ids)
      if (!Array.isArray(answer)) return []
      const found = soundGroups(answer, ids)
      const named = new Set<unknown>(answer.map((group: unknown) => (group as { id?: unknown } | null)?.id))
      const missing = ids.filter((id) => !named.has(id))
      ingest([{ type: 'groups.fetched', found, missing, heardAt: clock.now() }], 'local')
      return [...found.map(({ id }) => id), ...missing]
    },
    onRefused: (id) =>
      ingest([{ type: 'groups.fetched', found: [], missing: [id], heardAt: clock.now() }], 'local'),
    onError: (error) => warn('Groups could not be read.', error),
  })
}

/** Whether changes of this user's profile come by event (G4). */
function isPushed({ transport, pinia, ownId }: HandlerContext, id: UserId): boolean {
  const pushes = transport.profiles?.pushes
  if (pushes === 'all') return true
  return pushes === 'contacts' && (id === ownId || useContactStore(pinia).byId.has(id))
}

function heardAtOf(store: { readonly heardAtById: ReadonlyMap<string, EpochMs> }, id: string) {
  const heardAt = store.heardAtById.get(id)
  return heardAt === undefined ? {} : { heardAt }
}

function answerOf<T>({ id, value, heardAt }: CachedNoun<T>) {
  return { found: value ? [value] : [], missing: value ? [] : [id], heardAt }
}

/** Tells, when it counts, whether a message carried something newer of its sender than his profile. */
function createComparer(
  context: HandlerContext,
  notes: SnapshotNotes,
  [id]: readonly UserId[],
  snapshot: { readonly name?: string; readonly avatar?: string; readonly at: EpochMs },
): (() => boolean) | undefined {
  if (id === undefined) return undefined
  const store = useProfileStore(context.pinia)
  const at = snapshot.at - useSessionStore(context.pinia).clockOffsetMs
  return () =>
    !isPushed(context, id) &&
    notes.isNews(id, { ...snapshot, at }, store.byId.get(id), store.heardAtById.get(id) ?? Infinity)
}
