import type { LocalFile, MessageRef, RemoteFile, Task } from '../../model'
import type { Replaceable } from './people'

/** What an upload is for. */
export type FilePurpose = 'message' | 'avatar'
/** Where files live. */
export interface FilesFacet extends Replaceable {
  /** With 'message' the kit uploads first and `send` gets remote files; without it `send` gets local ones and uploads them itself. */
  readonly purposes: readonly FilePurpose[]
  /** `fraction` runs from 0 to 1. */
  upload(file: LocalFile, purpose: FilePurpose, onProgress?: (fraction: number) => void): Task<RemoteFile>
  /** The file with a url that works now. */
  resolve?(file: RemoteFile, of?: MessageRef): Promise<RemoteFile>
}
