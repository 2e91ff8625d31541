import type { Suite } from '../topic'
import { historyChecks } from './history'
import { sendingChecks } from './sending'
import { sessionChecks } from './session'
import { textChecks } from './text'

/** Every topic, in the order they run. */
export const topics: readonly ((suite: Suite) => void)[] = [
  sessionChecks,
  sendingChecks,
  textChecks,
  historyChecks,
]
