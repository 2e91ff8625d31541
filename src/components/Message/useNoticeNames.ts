import { computed } from 'vue'
import { useLocale, useProfile, useSession } from '../../composables'
import type { NameOf } from '../../i18n'
import type { Notice } from '../../model'

/** Names for the words of a notice. */
export function useNoticeNames(notice: () => Notice | undefined): NameOf {
  const { t } = useLocale()
  const { userId } = useSession()
  /** A notice tells at most four names: who did it, and the first three it was done to. */
  const ids = computed(() => [notice()?.byId, ...(notice()?.userIds ?? []).slice(0, 3)])
  const profiles = [0, 1, 2, 3].map((place) => useProfile(() => ids.value[place]))

  return (id) => {
    if (id === userId) return t('common.you')
    return profiles.find((profile) => profile.value.id === id)?.value.name ?? id
  }
}
