import type { GlobalSearchView } from '../../composables'
import type { SearchHit } from '../../model'

/** What was found, as one list: each row with what it stands for. */
export type FoundRow =
  | { readonly kind: 'conversation'; readonly id: string }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'message'; readonly hit: SearchHit }

/** The sections of the list, in their order. */
export type FoundSection = 'chats' | 'people' | 'messages'

/** Everything that was found, by the key of its row; and where each section begins. */
export function searchRows(found: {
  readonly [F in 'conversationIds' | 'userIds' | 'hits']: GlobalSearchView[F]['value']
}) {
  const sections: readonly (readonly [FoundSection, readonly (readonly [string, FoundRow])[]])[] = [
    ['chats', found.conversationIds.map((id) => [`c:${id}`, { kind: 'conversation', id }])],
    ['people', found.userIds.map((id) => [`u:${id}`, { kind: 'user', id }])],
    ['messages', found.hits.map((hit) => [`m:${hit.conversationId}`, { kind: 'message', hit }])],
  ]
  return {
    rows: new Map(sections.flatMap(([, rows]) => rows)),
    sectionByFirst: new Map(
      sections.flatMap(([name, [first]]) => (first === undefined ? [] : ([[first[0], name]] as const))),
    ),
  }
}
