import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useProfileStore } from '../stores'
import { isOffered } from './abilities'
import { createIdSearch, type IdSearch } from './idSearch'
import { useChatKit } from './kitContext'

/** Looking for somebody who may be a stranger (H9). */
export interface UserSearchView extends IdSearch {
  /** The backend looks for more than exact ids. */
  readonly isByName: ComputedRef<boolean>
}

/** Looks for people by name where the backend does that, else by their exact id. */
export function useUserSearch(): UserSearchView {
  const kit = useChatKit()
  const profiles = useProfileStore(kit.pinia)
  const isByName = computed(() => isOffered(kit, 'profiles.findUsers'))
  const found = createIdSearch(
    async (text, from) => {
      if (!isByName.value) {
        await kit.dispatch({ type: 'loadProfiles', ids: [text], refresh: true })
        return { ids: [text] }
      }
      const { items, ...rest } = await kit.dispatch({ type: 'findUsers', text, ...from })
      return { ids: items.map(({ id }) => id), ...rest }
    },
    (id) => profiles.missingIds.has(id),
  )
  return { ...found, isByName }
}
