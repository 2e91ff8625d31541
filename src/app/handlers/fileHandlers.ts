import { ChatError } from '../../model'
import type { HandlerContext, Handlers } from './context'

/** Handlers of what is wanted of files. */
export function fileHandlers({ transport, clock }: HandlerContext): Handlers<'resolveFile'> {
  return {
    /** A URL that works now: the file's own while it lasts, else a fresh one from the backend (C12). */
    async resolveFile({ file, of }) {
      const isFresh = file.expiresAt === undefined || file.expiresAt > clock.now()
      if (file.url !== undefined && isFresh) return file.url
      const resolved = await transport.files?.resolve?.(file, of)
      if (resolved?.url === undefined) throw new ChatError({ code: 'file-gone', kind: 'not-found' })
      return resolved.url
    },
  }
}
