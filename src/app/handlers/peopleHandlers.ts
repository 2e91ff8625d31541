import { LazyLoader } from '../../core/profiles'
import { toChatError } from '../../model'
import type { Cursor, GroupId, Member } from '../../model'
import type { HandlerContext, Handlers } from './context'

const GROUP_BATCH_SIZE = 50
/** How many members the details of a group read; a longer list is read page by page where it is shown. */
const MAX_MEMBERS = 500

/** Handlers of what is wanted of people and groups: asked for lazily, many at a time (G2). */
export function peopleHandlers(
  context: HandlerContext,
): Handlers<'loadProfiles' | 'loadGroups' | 'loadMembers'> {
  const { transport, ingest, clock, logger } = context
  const onError = (error: unknown) => logger.warn('Profiles or groups could not be read.', error)

  const profiles = new LazyLoader({
    clock,
    onError,
    batchSize: transport.profiles?.batchSize ?? 1,
    async fetch(ids) {
      const answer = await transport.profiles?.fetch(ids)
      if (answer) ingest([{ type: 'profiles.fetched', ...answer }], 'local')
    },
  })
  const groups = new LazyLoader({
    clock,
    onError,
    batchSize: GROUP_BATCH_SIZE,
    async fetch(ids) {
      const found = await transport.groups?.fetch(ids)
      if (!found) return
      const missing = ids.filter((id) => !found.some((group) => group.id === id))
      ingest([{ type: 'groups.fetched', found, missing }], 'local')
    },
  })

  async function readMembers(groupId: GroupId): Promise<readonly Member[]> {
    const members: Member[] = []
    for (let cursor: Cursor | undefined; members.length < MAX_MEMBERS;) {
      const page = await transport.groups?.members(groupId, {}, cursor)
      if (!page) break
      members.push(...page.items)
      cursor = page.next
      if (cursor === undefined) break
    }
    return members
  }

  return {
    async loadProfiles({ ids }) {
      if (transport.profiles) profiles.want(ids)
    },
    async loadGroups({ ids }) {
      if (transport.groups) groups.want(ids)
    },
    async loadMembers({ groupId }) {
      ingest([{ type: 'members.requested', groupId }], 'local')
      try {
        const members = await readMembers(groupId)
        ingest([{ type: 'members.listed', groupId, members }], 'local')
      } catch (thrown) {
        const error = toChatError(thrown)
        ingest([{ type: 'members.failed', groupId, error }], 'local')
        throw error
      }
    },
  }
}
