import type { EpochMs } from './id'

/** A file on this machine; only platform ports and adapters look into `value`. */
export interface LocalFile {
  readonly at: 'local'
  readonly source: 'blob' | 'path' | 'bytes'
  readonly value: unknown
  readonly name: string
  readonly bytes: number
  readonly mime: string
  readonly hash?: string
}
/** A file at the backend; without `url`, or past `expiresAt`, `files.resolve` is asked (C12). */
export interface RemoteFile {
  readonly at: 'remote'
  readonly url?: string
  readonly key?: string
  readonly expiresAt?: EpochMs
  readonly name?: string
  readonly bytes?: number
  readonly mime?: string
}
/** How pictures are made smaller before they leave. */
export interface ImageOptions {
  /** The longer side of a picture, in pixels. */
  readonly longestSide: number
  /** How much of the look is kept, 0 to 1. @default 0.85 */
  readonly quality?: number
}
/** Something seen or heard. Width and height are CSS pixels, so that a row has its height before the file is there. */
export interface Media {
  readonly kind: 'image' | 'video' | 'audio' | 'file'
  readonly file: LocalFile | RemoteFile
  readonly thumbnail?: LocalFile | RemoteFile
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
  /** How loud a sound is from its beginning to its end: at most 64 numbers from 0 to 1, so that it is drawn before it is there. */
  readonly peaks?: readonly number[]
}
