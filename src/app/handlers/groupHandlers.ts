import { catalogueError } from '../../core/errors'
import { soundGroup, soundMember } from '../../core/sound'
import { toChatError } from '../../model'
import type { GroupId, Page } from '../../model'
import { useGroupStore } from '../../stores'
import type { HandlerContext, Handlers } from './context'
import { readAllPages, readPages } from './readAllPages'
import { unreadable } from './unreadable'

/** How many members the first stretch of a list holds; the rest is read where somebody looks at it (I3). */
const FIRST_MEMBERS = 500
/** Nobody is in more groups on any backend; what would go on for ever ends here. */
const MOST_OWN_GROUPS = 5_000
/** Nobody answers more than this. */
const MAX_APPLICATIONS = 500

type GroupIntents =
  | 'loadMembers'
  | 'readMembers'
  | 'recallMembers'
  | 'findGroups'
  | 'countOnline'
  | 'loadAttributes'
  | 'loadCounters'
  | 'loadApplications'
  | 'loadOwnGroups'
  | 'seeAnnouncement'

/** Handlers of what is wanted of groups beyond their names: who is in them, who wants to come in, what they note down. */
export function groupHandlers(context: HandlerContext): Handlers<GroupIntents> {
  const { transport, ingest, clock, pinia, cache } = context
  const store = useGroupStore(pinia)
  const facet = () => transport.groups ?? missing()

  async function loadMembers(groupId: GroupId, from?: string): Promise<void> {
    ingest([{ type: 'members.requested', groupId }], 'local')
    try {
      const { items, next } = await readPages(
        (cursor) => transport.groups?.members(groupId, {}, cursor),
        from === undefined ? FIRST_MEMBERS : 1,
        from,
      )
      const more = { ...(from !== undefined && { isMore: true }), ...(next !== undefined && { next }) }
      ingest([{ type: 'members.listed', groupId, members: items, ...more }], 'local')
    } catch (thrown) {
      const error = toChatError(thrown)
      ingest([{ type: 'members.failed', groupId, error }], 'local')
      throw error
    }
  }

  return {
    async loadMembers({ groupId, isMore = false }) {
      const known = store.membersById.get(groupId)
      if (!isMore) return loadMembers(groupId)
      if (known?.next !== undefined && known.state !== 'loading') await loadMembers(groupId, known.next)
    },
    async readMembers({ groupId, cursor, ...query }) {
      const page = soundPage(await facet().members(groupId, query, cursor), soundMember)
      // Whoever is shown among those found hears of changes as one of the list.
      if (store.membersById.has(groupId) && query.only !== 'banned' && page.items.length > 0)
        ingest([{ type: 'member.changed', groupId, members: page.items }], 'local')
      return page
    },
    async recallMembers({ groupId }) {
      const members = (await cache.members?.(groupId)) ?? []
      if (members.length > 0) ingest([{ type: 'members.listed', groupId, members }], 'cache')
    },
    async findGroups({ text, cursor }) {
      const page = soundPage(await (facet().findGroups ?? missing())(text, cursor), soundGroup)
      ingest([{ type: 'groups.fetched', found: page.items, missing: [], heardAt: clock.now() }], 'local')
      return page
    },
    async countOnline({ groupId }) {
      const count: unknown = await (facet().onlineCount ?? missing())(groupId)
      if (typeof count !== 'number' || !Number.isFinite(count)) throw unreadable()
      return count
    },
    async loadAttributes({ groupId }) {
      const set = await (facet().readAttributes ?? missing())(groupId)
      const known = Object.keys(store.attributesById.get(groupId) ?? {})
      const deleted = known.filter((key) => !Object.hasOwn(set, key))
      ingest([{ type: 'attributes.changed', groupId, set, deleted }], 'local')
      return set
    },
    async loadCounters({ groupId }) {
      const counters = await (facet().readCounters ?? missing())(groupId)
      ingest([{ type: 'counters.changed', groupId, counters }], 'local')
      return counters
    },
    async loadOwnGroups() {
      const told = await readAllPages<unknown>((cursor) => transport.groups?.list(cursor), MOST_OWN_GROUPS)
      const found = told.flatMap((group) => soundGroup(group) ?? [])
      ingest([{ type: 'groups.fetched', found, missing: [], heardAt: clock.now() }], 'local')
    },
    async seeAnnouncement({ groupId, text }) {
      ingest([{ type: 'announcement.seen', groupId, text }], 'local')
    },
    async loadApplications() {
      const applications = await readAllPages(
        (cursor) => transport.groups?.applications?.(cursor),
        MAX_APPLICATIONS,
      )
      if (applications.length > 0) ingest([{ type: 'application.changed', applications }], 'local')
    },
  }
}

/** What of a page can be read. */
function soundPage<T>(page: Page<unknown> | undefined, sound: (told: unknown) => T | undefined): Page<T> {
  if (!Array.isArray(page?.items)) throw unreadable()
  const items = page.items.flatMap((item: unknown) => sound(item) ?? [])
  return { items, ...(typeof page.next === 'string' && { next: page.next }) }
}

function missing(): never {
  throw catalogueError('parley', 'unsupported')
}
