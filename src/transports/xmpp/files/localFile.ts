import type { LocalFile } from '../../../model'
import { refusals } from '../refusals'

/** The bytes of a file of this machine; a path is nothing that can be read here. */
export function blobOf(file: LocalFile): Blob {
  const { value, mime, name }: Partial<Record<keyof LocalFile, unknown>> = file ?? {}
  if (typeof name !== 'string' || typeof mime !== 'string') throw refusals.invalid('no local file')
  if (value instanceof Blob) return value
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    return new Blob([value as ArrayBuffer | ArrayBufferView<ArrayBuffer>], { type: mime })
  }
  throw refusals.invalid('only blobs and bytes can be uploaded')
}
