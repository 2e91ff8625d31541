import { createApp, h } from 'vue'
import { ChatKitProvider, createChatKit, GroupAdmin } from 'vue-parley'
import type { GroupsFacet } from '../../../src/core/ports'
import type { Group, Member } from '../../../src/model'
import { createScriptedTransport } from '../../support/scriptedTransport'
import { frame } from './stage'

/** What a list of members is measured by, step by step; each step ends when it is seen. */
export interface MembersBench {
  /** Opens the screen of a group of so many. */
  open(count: number): Promise<void>
  /** Reads on some pages beyond the first stretch, and not to the end. */
  scroll(): Promise<void>
  /** Looks for somebody far down, whom nobody has loaded. */
  search(): Promise<void>
  /** How many rows are in the document. */
  rows(): number
  close(): Promise<void>
}

const PAGE = 100
const SCROLLED = 800
const ROW = 48
const WORDS = 'needle'

/** The bench of one screen at a time. */
export function createMembersBench(): MembersBench {
  let stage: { leave(): Promise<void> } | undefined
  const rowsOf = () => [...document.querySelectorAll<HTMLElement>('#stage [role=listitem]')]

  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await frame()
  }
  const drawn = (words: string) => rowsOf().some((row) => row.textContent?.includes(words))

  return {
    async open(count) {
      stage = show(count)
      await until(() => rowsOf().length > 3)
    },
    async scroll() {
      const scroller = document.querySelector<HTMLElement>('#stage [role=list]')
      if (!scroller) throw new Error('there is no list')
      await until(() => {
        // Not further, so that the end of the smaller group is not read.
        scroller.scrollTop = (SCROLLED - 5) * ROW
        return drawn(nameOf(SCROLLED - 1))
      })
    },
    async search() {
      const field = document.querySelector<HTMLInputElement>('#stage input[inputmode=search]')
      if (!field) throw new Error('there is no field to search in')
      field.value = WORDS
      field.dispatchEvent(new Event('input', { bubbles: true }))
      await until(() => rowsOf().length === 1 && drawn(WORDS))
    },
    rows: () => rowsOf().length,
    async close() {
      await stage?.leave()
      stage = undefined
    },
  }
}

const idOf = (at: number) => `member-${String(at).padStart(6, '0')}`
const nameOf = (at: number) => `Person ${idOf(at)}`

function memberAt(at: number): Member {
  return { userId: idOf(at), role: at === 0 ? 'owner' : at < 10 ? 'admin' : 'member' }
}

/** What the kit does is measured, so the backend answers at once, however many there are. */
function show(count: number) {
  const group: Group = {
    id: 'big',
    type: 'community',
    state: 'joined',
    name: 'Everybody',
    ownerId: idOf(0),
    memberCount: count,
    me: memberAt(0),
  }
  const needleId = idOf(count - 1)
  const facet: GroupsFacet = {
    types: ['community'],
    mutes: 'timed',
    list: async () => ({ items: [group] }),
    fetch: async () => [group],
    async members(_, { text }, cursor) {
      if (text !== undefined) return { items: [{ userId: needleId, role: 'member', nameCard: WORDS }] }
      const from = Number(cursor ?? 0)
      const items = Array.from({ length: Math.min(PAGE, count - from) }, (_, i) => memberAt(from + i))
      return from + PAGE < count ? { items, next: String(from + PAGE) } : { items }
    },
    create: async () => ({ group, members: { done: [], pending: [], failed: [] } }),
    join: async () => 'joined',
    quit: async () => {},
    kick: async (_, ids) => ({ done: ids, pending: [], failed: [] }),
    setMuted: async (_, ids) => ({ done: ids, pending: [], failed: [] }),
  }
  const backend = createScriptedTransport({
    profiles: {
      batchSize: 100,
      pushes: 'all',
      fetch: async (ids) => ({ found: ids.map((id) => ({ id, name: `Person ${id}` })), missing: [] }),
    },
  })
  const transport = { ...backend.transport, groups: facet }
  const kit = createChatKit({ transport, userId: idOf(0), cache: 'memory' })
  const app = createApp({
    render: () => h(ChatKitProvider, { kit }, () => h(GroupAdmin, { groupId: 'big' })),
  })
  app.mount('#stage')
  backend.goOnline()
  return {
    async leave() {
      app.unmount()
      await kit.dispose()
    },
  }
}
