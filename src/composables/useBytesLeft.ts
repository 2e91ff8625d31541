import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { bytesLeft } from '../core/limits'
import type { ByteLimitName } from '../core/limits'
import type { AbilityScope } from '../model'
import { useChatKit } from './kitContext'

/**
 * How many UTF-8 bytes a field has left of the backend's limit, for a counter at the field and to refuse before the network
 * does (K3); negative: too long; undefined: no limit is known.
 */
export function useBytesLeft(
  name: ByteLimitName,
  text: MaybeRefOrGetter<string>,
  scope: () => AbilityScope = () => ({}),
): ComputedRef<number | undefined> {
  const kit = useChatKit()
  return computed(() => bytesLeft(kit.limits(scope()), name, toValue(text)))
}
