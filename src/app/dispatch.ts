import { toChatError } from '../model'
import type { CommandIntent, Dispatch, Intent, IntentResults } from '../model'
import { useSessionStore } from '../stores'
import { commandSpecs, createSending } from './commands'
import type { Sending } from './commands'
import { contactHandlers } from './handlers/contactHandlers'
import { conversationHandlers } from './handlers/conversationHandlers'
import type { HandlerContext, Handlers } from './handlers/context'
import { fileHandlers } from './handlers/fileHandlers'
import { groupHandlers } from './handlers/groupHandlers'
import { historyHandlers } from './handlers/historyHandlers'
import { liveHandlers } from './handlers/liveHandlers'
import { messageFactHandlers } from './handlers/messageFactHandlers'
import { messageHandlers } from './handlers/messageHandlers'
import { rowHeightHandlers } from './handlers/rowHeightHandlers'
import { searchHandlers } from './handlers/searchHandlers'
import { plainData } from './plainData'
import { screened } from './screening'
import { peopleHandlers } from './handlers/peopleHandlers'

/** The road out, and what happens to messages that are on it. */
export interface RoadOut extends Pick<Sending, 'outbox' | 'confirmSent'> {
  readonly dispatch: Dispatch
}

/** Makes the one road out: every intent has exactly one handler, and whatever fails rejects with a ChatError (K2). */
export function createDispatch(context: HandlerContext): RoadOut {
  const { outbox, confirmSent, command } = createSending(context)
  const session = useSessionStore(context.pinia)
  const handlers: Handlers<Exclude<Intent['type'], CommandIntent['type']>> = {
    ...conversationHandlers(context),
    ...historyHandlers(context),
    ...messageHandlers(context, outbox, command),
    ...peopleHandlers(context),
    ...groupHandlers(context),
    ...contactHandlers(context),
    ...fileHandlers(context),
    ...messageFactHandlers(context),
    ...rowHeightHandlers(context),
    ...searchHandlers(context),
    ...liveHandlers(context),
  }
  const isCommand = (intent: Intent): intent is CommandIntent => Object.hasOwn(commandSpecs, intent.type)

  async function dispatch<I extends Intent>(intent: I): Promise<IntentResults[I['type']]> {
    // There is exactly one handler a type; TypeScript cannot tie the two sides of this call together.
    type Handle = (intent: Intent) => Promise<IntentResults[I['type']]>
    const { screenText, ownId } = context
    const handle = (isCommand(intent) ? command : handlers[intent.type as keyof typeof handlers]) as Handle
    const run = async () => {
      const wanted = plainData<Intent>(intent)
      return handle(screenText ? screened(wanted, screenText, ownId) : wanted)
    }
    return signedIn(run, !isCommand(intent))
  }

  /** What is refused for want of a sign-in ends this line; what the end of an earlier one cut off is done again on this one. */
  async function signedIn<T>(work: () => Promise<T>, mayRepeat: boolean): Promise<T> {
    const line = context.line()
    const onRefused = context.beginCall()
    try {
      return await work()
    } catch (thrown) {
      const error = toChatError(thrown)
      if (error.retry !== 'after-sign-in') throw error
      onRefused(error)
      const isCutOff = line !== context.line() && session.session.state === 'online'
      if (isCutOff && mayRepeat) return signedIn(work, false)
      throw error
    }
  }
  return { dispatch, outbox, confirmSent }
}
