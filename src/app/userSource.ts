import type { ProfilesFacet } from '../core/ports'
import type { Patch, Profile, Stop, UserId } from '../model'

/** Where an app keeps its users, in a few lines (G8). */
export interface UserSource {
  /** The profiles of these ids. An array leaves out those that do not exist; otherwise an id in neither list is asked for again. */
  fetch(
    ids: readonly UserId[],
  ): Promise<readonly Profile[] | { readonly found: readonly Profile[]; readonly missing: readonly UserId[] }>
  /** How many ids one `fetch` may carry. @default 100 */
  readonly batchSize?: number
  /** Calls `tell` with every change of anybody; without it profiles are asked for again when they grow old. */
  subscribe?(tell: (profiles: readonly Patch<Profile, 'id'>[]) => void): Stop
}

const BATCH_SIZE = 100

/**
 * The facet of profiles that an app's own users make.
 * @example
 * createChatKit({ transport, userId, profiles: userSource({ fetch: (ids) => api.post('/users', { ids }) }) })
 */
export function userSource(source: UserSource): ProfilesFacet {
  return {
    batchSize: source.batchSize ?? BATCH_SIZE,
    pushes: source.subscribe ? 'all' : 'none',
    async fetch(ids) {
      const answer = await source.fetch(ids)
      if (!isList(answer)) return answer
      const found = new Set(answer.map((profile) => profile?.id))
      return { found: answer, missing: ids.filter((id) => !found.has(id)) }
    },
    ...(source.subscribe && {
      subscribe: (listener) =>
        source.subscribe?.((profiles) => listener([{ type: 'profile.changed', profiles }])) ?? (() => {}),
    }),
  }
}

function isList<T>(value: readonly T[] | object): value is readonly T[] {
  return Array.isArray(value)
}
