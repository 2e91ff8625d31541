import { createApp, h } from 'vue'
import { ChatKitProvider, ContactList, createChatKit } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import type { ContactsFacet } from '../../../src/core/ports'
import type { Profile } from '../../../src/model'
import { useProfileStore } from '../../../src/stores'
import { createScriptedTransport } from '../../support/scriptedTransport'
import { countRedrawn } from './redrawn'
import { frame } from './stage'

/** What an address book of a size costs. */
export interface ContactsCost {
  /** From the first draw to an index in which everybody has a name and a place. */
  readonly ms: number
  /** How many people are in the document. */
  readonly rows: number
  /** How many of them are drawn again when 1,000 names change. */
  readonly redrawn: number
}

const FAMILY = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平']
const CHANGED = 1_000

/** Half of the people have Chinese names, which have to be read. */
function nameOf(at: number): string {
  const [family, given] = [FAMILY[at % 20] ?? '', GIVEN[Math.floor(at / 20) % 20] ?? '']
  return at % 2 === 0 ? `${family}${given}${at}` : `Person ${String.fromCharCode(65 + (at % 26))}${at}`
}

/** Opens an address book of so many friends. */
export async function contacts(count: number): Promise<ContactsCost> {
  const people: readonly Profile[] = Array.from({ length: count }, (_, at) => ({
    id: `u${at}`,
    name: nameOf(at),
  }))
  const byId = new Map(people.map((profile) => [profile.id, profile]))
  const facet: ContactsFacet = {
    list: async () => ({ items: people.map(({ id }) => ({ userId: id })) }),
    requests: async () => ({ items: [] }),
    ask: async () => 'pending',
    answer: async () => {},
    remove: async (ids) => ({ done: ids, pending: [], failed: [] }),
  }
  const backend = createScriptedTransport({
    profiles: {
      batchSize: 100,
      pushes: 'all',
      fetch: async (ids) => ({ found: ids.flatMap((id) => byId.get(id) ?? []), missing: [] }),
    },
  })
  const transport = { ...backend.transport, contacts: facet }
  const kit = createChatKit({ transport, userId: `contacts-${count}`, cache: 'memory' })
  const app = createApp({ render: () => h(ChatKitProvider, { kit }, () => h(ContactList)) })
  const from = performance.now()
  app.mount('#stage')
  backend.goOnline()
  // Until the last name has come somebody stands among the ids, under U.
  while (!isNamed(kit, count)) await frame()
  const ms = performance.now() - from
  const rows = options().length
  const redrawn = await countRedrawn(() =>
    backend.tell({
      type: 'profile.changed',
      profiles: people.slice(0, CHANGED).map(({ id, name }) => ({ id, name: `${name}!` })),
    }),
  )
  app.unmount()
  await kit.dispose()
  return { ms, rows, redrawn }
}

function options(): readonly Element[] {
  return [...document.querySelectorAll('#stage [role=option]')]
}

function isNamed({ pinia }: ChatKit, count: number): boolean {
  return useProfileStore(pinia).byId.size >= count && options().length > 0
}
