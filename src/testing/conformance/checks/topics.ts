import type { Suite } from '../topic'
import { changeChecks } from './changes'
import { connectionChecks } from './connection'
import { contactChecks } from './contacts'
import { conversationChecks } from './conversations'
import { fileChecks } from './files'
import { groupChecks } from './groups'
import { historyChecks } from './history'
import { hostileChecks } from './hostile'
import { leavingChecks } from './leaving'
import { peopleChecks } from './people'
import { reactionChecks } from './reactions'
import { receiptChecks } from './receipts'
import { sendingChecks } from './sending'
import { sessionChecks } from './session'
import { textChecks } from './text'

/** Every topic, in the order they run. */
export const topics: readonly ((suite: Suite) => void)[] = [
  sessionChecks,
  leavingChecks,
  sendingChecks,
  textChecks,
  historyChecks,
  changeChecks,
  reactionChecks,
  receiptChecks,
  conversationChecks,
  peopleChecks,
  contactChecks,
  groupChecks,
  fileChecks,
  hostileChecks,
  connectionChecks,
]
