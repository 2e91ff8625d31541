import type { LocalFile } from '../../model'

/** What the kit needs of the machine it runs on, beyond the language. */
export interface Platform {
  /** A URL under which a local file can be shown while the page lives; undefined where the platform has none. */
  fileUrl(file: LocalFile): string | undefined
  /** Gives back what `fileUrl` holds. */
  releaseFileUrl(url: string): void
  /** The size of a picture in CSS pixels; undefined where it is none or cannot be read. */
  imageSize(file: LocalFile): Promise<{ readonly width: number; readonly height: number } | undefined>
}
