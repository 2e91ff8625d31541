import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { catalogueError } from '../core/errors'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'

/** Pictures of people and groups, where the backend takes them in. */
export interface AvatarUploadView {
  /** Without it a picture has to be somewhere in the web already. */
  readonly isOffered: ComputedRef<boolean>
  /**
   * Cuts a square out of the middle of a picture, takes it to the backend and gives the address it has there.
   * @throws ChatError where it is no picture, or the backend refuses.
   */
  upload(file: File): Promise<string>
}

/** So many pixels are enough for every place where they are shown. */
const SIDE = 192

/** Takes pictures of people and groups to the backend. */
export function useAvatarUpload(): AvatarUploadView {
  const kit = useChatKit()
  return {
    isOffered: computed(
      () =>
        kit.platform.squareImage !== undefined &&
        isOffered(kit, 'files.upload') &&
        (kit.filePurposes?.() ?? []).includes('avatar'),
    ),
    async upload(file) {
      const { name, size: bytes, type: mime } = file
      const chosen = { at: 'local', source: 'blob', value: file, name, bytes, mime } as const
      const square = await kit.platform.squareImage?.(chosen, SIDE)
      if (!square) throw catalogueError('parley', 'not-a-picture')
      return kit.dispatch({ type: 'uploadAvatar', file: square })
    },
  }
}
