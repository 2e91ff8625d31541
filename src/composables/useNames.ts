import { watchEffect } from 'vue'
import type { UserId } from '../model'
import { useChatKit } from './kitContext'

/**
 * Asks for the names of people who are not all on screen, many at a time and each once: where people are sorted or compared
 * by their names (G2).
 */
export function useNames(ids: () => readonly UserId[]): void {
  const kit = useChatKit()
  const asked = new Set<UserId>()
  watchEffect(() => {
    const news = ids().filter((id) => !asked.has(id))
    if (news.length === 0) return
    for (const id of news) asked.add(id)
    // Whose name cannot be read is known by the id.
    kit.dispatch({ type: 'loadProfiles', ids: news }).catch(() => {})
  })
}
