import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useGroupStore } from '../stores'
import { isOffered } from './abilities'
import { createIdSearch, type IdSearch } from './idSearch'
import { useChatKit } from './kitContext'

/** Looking for a group one is not in (I2). */
export interface GroupSearchView extends IdSearch {
  /** One can come into groups here. */
  readonly isOffered: ComputedRef<boolean>
  /** The backend looks for more than exact ids. */
  readonly isByName: ComputedRef<boolean>
}

/** Looks for groups by name where the backend does that, else by their exact id. */
export function useGroupSearch(): GroupSearchView {
  const kit = useChatKit()
  const groups = useGroupStore(kit.pinia)
  const isByName = computed(() => isOffered(kit, 'groups.findGroups'))
  const found = createIdSearch(
    async (text, from) => {
      if (!isByName.value) {
        await kit.dispatch({ type: 'loadGroups', ids: [text], refresh: true })
        return { ids: [text] }
      }
      const { items, ...rest } = await kit.dispatch({ type: 'findGroups', text, ...from })
      return { ids: items.map(({ id }) => id), ...rest }
    },
    (id) => groups.missingIds.has(id),
  )
  return { ...found, isOffered: computed(() => isOffered(kit, 'groups.join')), isByName }
}
