import { catalogueError } from '../../core/errors'
import { soundMessage } from '../../core/sound'
import { toChatError } from '../../model'
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
}: HandlerContext): Handlers<'resolveFile' | 'uploadAvatar' | 'openMerged'> {
  const session = useSessionStore(pinia)
  return {
    /** The file as this machine keeps it, or a URL that works now: its own while it lasts and is not the dead one, else a fresh one (C12). */
    async resolveFile({ file, of, deadUrl }) {
      const kept = await keptFile(cache, file).catch((thrown: unknown) => {
        const error = toChatError(thrown)
        // A kit that was left while a picture was on its way is nobody's trouble.
        if (error.code !== 'cache-closed') {
          logger.warn('What this machine keeps of a file could not be read.', error)
        }
      })
      if (kept) return kept
      const isFresh = file.expiresAt === undefined || file.expiresAt > clock.now() + session.clockOffsetMs
      if (file.url !== undefined && file.url !== deadUrl && isFresh) return file.url
      const resolved = await transport.files?.resolve?.(file, of)
      if (resolved?.url === undefined) throw catalogueError('parley', 'file-gone')
      return resolved.url
    },

    async uploadAvatar({ file }) {
      const { files } = transport
      if (!files?.purposes.includes('avatar')) throw catalogueError('parley', 'unsupported')
      const uploaded = await files.upload(file, 'avatar').result
      // Whoever shows it later has nothing but the address.
      if (uploaded?.url === undefined) throw catalogueError('parley', 'file-gone')
      return uploaded.url
    },

    async openMerged({ message }) {
      const found = await transport.messages.openMerged?.(message)
      if (found === undefined) throw catalogueError('parley', 'unsupported')
      return found.flatMap((item) => soundMessage(item) ?? [])
    },
  }
}
