import type { ConversationId } from '../../src/model'

/** A message somebody wrote, as the harness itself remembers it. */
export interface Written {
  readonly text: string
  readonly byId: string
  readonly conversationId: ConversationId
  /** The tab that wrote it. */
  readonly tab: string
  readonly askedAt: number
  /** When its tab was told that it is kept; absent: one that a dying tab had perhaps not yet kept may be gone. */
  keptAt?: number
  /** When somebody saw it at its place first, so that the backend had it. */
  arrivedAt?: number
  /** It failed or was in doubt once, so a person's second try may stand later. */
  isTroubled: boolean
  /** A person gave it up, so nobody can say whether it is there. */
  isDropped: boolean
}

/** What a person did to messages. */
export type Act =
  | { readonly kind: 'edit'; readonly of: Written; readonly text: string }
  | { readonly kind: 'recall'; readonly of: Written }
  | { readonly kind: 'delete'; readonly of: Written }
  | { readonly kind: 'react'; readonly of: Written; readonly after: readonly string[] }
  | { readonly kind: 'clear'; readonly conversationId: ConversationId }
  | { readonly kind: 'read'; readonly conversationId: ConversationId; readonly upTo: number }

/** A deed, by whom, and how it went: nobody knows of one whose tab died, for another tab may have carried it on. */
export type Deed = Act & {
  readonly byId: string
  readonly askedAt: number
  endedAt?: number
  outcome: 'open' | 'done' | 'refused'
}

/** Everything that happened, by the harness's own count of moments. */
export interface Record {
  readonly written: readonly Written[]
  readonly deeds: readonly Deed[]
  /** The next moment: no two things happen in one. */
  now(): number
  write(text: string, byId: string, conversationId: ConversationId, tab: string): Written
  act(byId: string, act: Act, result: Promise<unknown>): void
  /** The message that carries this name or shows these words. */
  find(keys: readonly string[], text: string | undefined): Written | undefined
  /** From now on the message is known by these names too. */
  name(written: Written, keys: readonly string[]): void
}

/** Makes an empty record. */
export function createRecord(): Record {
  const written: Written[] = []
  const deeds: Deed[] = []
  const byText = new Map<string, Written>()
  const byKey = new Map<string, Written>()
  let moment = 0
  const now = () => (moment += 1)

  return {
    written,
    deeds,
    now,
    write(text, byId, conversationId, tab) {
      const one = {
        ...{ text, byId, conversationId, tab, askedAt: now() },
        ...{ isTroubled: false, isDropped: false },
      }
      written.push(one)
      byText.set(text, one)
      return one
    },
    act(byId, act, result) {
      const deed: Deed = { ...act, byId, askedAt: now(), outcome: 'open' }
      deeds.push(deed)
      if (act.kind === 'edit') byText.set(act.text, act.of)
      const end = (outcome: 'done' | 'refused') => () => {
        deed.outcome = outcome
        deed.endedAt = now()
      }
      result.then(end('done'), end('refused'))
    },
    find(keys, text) {
      for (const key of keys) {
        const one = byKey.get(key)
        if (one) return one
      }
      return text === undefined ? undefined : byText.get(text)
    },
    name(one, keys) {
      for (const key of keys) byKey.set(key, one)
    },
  }
}
