import type { Pinia } from 'pinia'
import type { OutboxItem } from '../model'
import { useOutboxStore } from './outboxStore'

/** What changes the outbox as it is shown. */
export function outboxWriters(pinia: Pinia) {
  const store = useOutboxStore(pinia)
  return {
    putCommand(item: OutboxItem): void {
      store.itemById.set(item.id, item)
    },
    endCommand(id: string): void {
      store.itemById.delete(id)
    },
  }
}
