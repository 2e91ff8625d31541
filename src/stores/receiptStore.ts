import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ReadMark } from '../core/receipts'
import type { ConversationId, UserId } from '../model'

/** How far one user has come in one conversation. */
export interface UserMarks {
  readonly delivered?: ReadMark
  readonly read?: ReadMark
}

/** The read and delivery positions of everybody, one's own included (E8). */
export const useReceiptStore = defineStore('parley/receipts', () => {
  /** The inner maps are reactive too, so that one more receipt costs the same however many members there are. */
  const marksById = shallowReactive(new Map<ConversationId, Map<UserId, UserMarks>>())
  return { marksById }
})
