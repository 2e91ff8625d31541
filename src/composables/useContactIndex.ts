import { computed, watchEffect } from 'vue'
import type { ComputedRef } from 'vue'
import type { UserId } from '../model'
import { contactSections, hasHan, isMeant } from './contactIndex'
import type { ContactSection } from './contactIndex'
import { useChatKit } from './kitContext'
import { canReadHan, loadPinyin, readName } from './nameReader'
import { useNames } from './useNames'
import { createProfileReader } from './useProfile'

/** People in the order of an address book. */
export interface ContactIndexView {
  readonly sections: ComputedRef<readonly ContactSection[]>
  /** Chinese names can be read by now, or there are none. */
  readonly isReady: ComputedRef<boolean>
}

/**
 * Sorts people by the names shown of them: Chinese by pinyin, which is fetched when the first such name is met (H5). Asks for
 * the names of all of them, many at a time, for nobody can be found under a letter before.
 */
export function useContactIndex(
  ids: () => readonly UserId[],
  query: () => string = () => '',
): ContactIndexView {
  const kit = useChatKit()
  const { shownProfile } = createProfileReader(kit)
  const people = computed(() => ids().map((id) => ({ id, name: shownProfile(id).name })))
  const needsPinyin = computed(() => people.value.some(({ name }) => hasHan(name)))

  useNames(ids)
  watchEffect(() => {
    if (needsPinyin.value || hasHan(query())) loadPinyin()
  })
  return {
    sections: computed(() =>
      contactSections(
        people.value.filter((person) => isMeant(query(), person, readName)),
        readName,
      ),
    ),
    isReady: computed(() => !needsPinyin.value || canReadHan()),
  }
}
