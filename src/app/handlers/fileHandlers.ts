import { soundMessage } from '../../core/sound'
import { ChatError, toChatError } from '../../model'
import { useSessionStore } from '../../stores'
import { keptFile } from '../keptFiles'
import type { HandlerContext, Handlers } from './context'

/** Handlers of what messages carry and what comes only when it is asked for. */
export function fileHandlers({
  transport,
  clock,
  pinia,
  cache,
  logger,
}: HandlerContext): Handlers<'resolveFile' | 'openMerged'> {
  const session = useSessionStore(pinia)
  return {
    /** The file as this machine keeps it, or a URL that works now: its own while it lasts, else a fresh one (C12). */
    async resolveFile({ file, of }) {
      const kept = await keptFile(cache, file).catch((thrown: unknown) => {
        logger.warn('What this machine keeps of a file could not be read.', toChatError(thrown))
      })
      if (kept) return kept
      const isFresh = file.expiresAt === undefined || file.expiresAt > clock.now() + session.clockOffsetMs
      if (file.url !== undefined && isFresh) return file.url
      const resolved = await transport.files?.resolve?.(file, of)
      if (resolved?.url === undefined) throw new ChatError({ code: 'file-gone', kind: 'not-found' })
      return resolved.url
    },

    async openMerged({ message }) {
      const found = await transport.messages.openMerged?.(message)
      if (found === undefined) throw new ChatError({ code: 'unsupported', kind: 'unsupported' })
      return found.flatMap((item) => soundMessage(item) ?? [])
    },
  }
}
