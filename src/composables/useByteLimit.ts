import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { utf8ByteLength } from '../core/text'
import type { LimitName } from '../model'
import { useChatKit } from './kitContext'

/** By how many bytes a text is longer than the backend takes; 0 where it fits or nobody has said how much that is (B3). */
export function useByteLimit(text: () => string, limit: LimitName): ComputedRef<number> {
  const kit = useChatKit()
  return computed(() => Math.max(0, utf8ByteLength(text()) - (kit.limits()[limit] ?? Infinity)))
}
