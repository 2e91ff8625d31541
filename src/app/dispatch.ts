import { toChatError } from '../model'
import type { Dispatch, Intent, IntentResults } from '../model'
import { conversationHandlers } from './handlers/conversationHandlers'
import type { HandlerContext, Handlers } from './handlers/context'
import { fileHandlers } from './handlers/fileHandlers'
import { historyHandlers } from './handlers/historyHandlers'
import { messageHandlers } from './handlers/messageHandlers'
import type { Sending } from './handlers/messageHandlers'
import { peopleHandlers } from './handlers/peopleHandlers'

/** The road out, and what happens to messages that are on it. */
export interface RoadOut extends Sending {
  readonly dispatch: Dispatch
}

/** Makes the one road out: every intent has exactly one handler, and whatever fails rejects with a ChatError (K2). */
export function createDispatch(context: HandlerContext): RoadOut {
  const { resumeSending, confirmSent, ...messages } = messageHandlers(context)
  const handlers: Handlers<Intent['type']> = {
    ...conversationHandlers(context),
    ...historyHandlers(context),
    ...messages,
    ...peopleHandlers(context),
    ...fileHandlers(context),
  }

  async function dispatch<I extends Intent>(intent: I): Promise<IntentResults[I['type']]> {
    // The table has exactly one entry a type; TypeScript cannot tie the two sides of this call together.
    const handle = handlers[intent.type] as (intent: Intent) => Promise<IntentResults[I['type']]>
    try {
      return await handle(intent)
    } catch (thrown) {
      throw toChatError(thrown)
    }
  }
  return { dispatch, resumeSending, confirmSent }
}
