import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { bytesLeft } from '../core/limits'
import type { ByteLimitName } from '../core/limits'
import type { AbilityScope } from '../model'
import { useChatKit } from './kitContext'

/** How a text stands to the backend's limit, for a counter at the field and to refuse before the network does (K3, B3). */
export interface ByteLimitView {
  /** UTF-8 bytes left of it; negative: too long; undefined: no limit is known. */
  readonly left: ComputedRef<number | undefined>
  /** By how many bytes it is too long; 0 where it fits or no limit is known. */
  readonly over: ComputedRef<number>
}

/** Counts the bytes of a text as it will be sent against a limit of the backend. */
export function useByteLimit(
  text: () => string,
  limit: ByteLimitName,
  scope: () => AbilityScope = () => ({}),
): ByteLimitView {
  const kit = useChatKit()
  const left = computed(() => bytesLeft(kit.limits(scope()), limit, text()))
  return { left, over: computed(() => Math.max(0, -(left.value ?? 0))) }
}
