import type { LocalFile, RemoteFile } from '../../model'
import type { Engine } from './engine'
import { LIMITS } from './limits'
import { refusals } from './refusals'

const CHUNK_BYTES = 1_048_576
const FILE_KEY = 'file:'
const PICTURE_KEY = 'picture:'
/** The only types a browser is ever told: pictures made of pixels, sound and film. Anything else is bytes to be saved. */
const PLAYABLE =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|audio\/(?:mpeg|mp4|aac|ogg|wav|webm|flac|amr)|video\/(?:mp4|webm|ogg|quicktime))$/

/** The service's files. */
export interface FileStore {
  /** Copies a file of this machine into the service. */
  store(
    file: LocalFile,
    stopIfCancelled: () => void,
    onProgress?: (fraction: number) => void,
  ): Promise<RemoteFile>
  /** The bytes behind a key, under a type that never executes. */
  open(key: string): Promise<Blob>
}

/** The files of one service. */
export function createFileStore(engine: Engine): FileStore {
  return {
    async store(file, stopIfCancelled, onProgress) {
      const source = sourceOf(file)
      if (source.size === 0) throw refusals.fileEmpty()
      if (source.size > LIMITS.fileBytes) throw refusals.fileTooLarge()
      const bytes = await readWhole(source, stopIfCancelled, onProgress)
      const id = engine.ids.next()
      const row = { id, name: file.name, mime: file.mime, blob: new Blob(bytes, { type: file.mime }) }
      await engine.storage.write(['files'], (writing) => writing.put('files', row))
      return { at: 'remote', key: FILE_KEY + id, name: file.name, bytes: source.size, mime: file.mime }
    },
    async open(key) {
      if (key.startsWith(PICTURE_KEY)) return asSafeBlob(await openPicture(key))
      if (!key.startsWith(FILE_KEY)) throw refusals.fileGone()
      const id = key.slice(FILE_KEY.length)
      const row = await engine.storage.read(['files'], (reading) => reading.get('files', id))
      if (!row) throw refusals.fileGone()
      return asSafeBlob(row.blob)
    },
  }
}

async function openPicture(key: string): Promise<Blob> {
  // Only services that show such pictures pay for the code that draws them.
  const { renderPicture } = await import('./world')
  const png = renderPicture(key)
  if (!png) throw refusals.fileGone()
  return new Blob([png.slice()], { type: 'image/png' })
}

function asSafeBlob(blob: Blob): Blob {
  const mime = blob.type.toLowerCase()
  return blob.slice(0, blob.size, PLAYABLE.test(mime) ? mime : 'application/octet-stream')
}

function sourceOf({ source, value }: LocalFile): Blob {
  if (source === 'blob' && value instanceof Blob) return value
  if (source === 'bytes' && value instanceof ArrayBuffer) return new Blob([value])
  // Copied, because a view may lie on shared memory.
  if (source === 'bytes' && ArrayBuffer.isView(value)) {
    return new Blob([new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice()])
  }
  throw refusals.noSuchFile()
}

async function readWhole(
  source: Blob,
  stopIfCancelled: () => void,
  onProgress?: (fraction: number) => void,
): Promise<ArrayBuffer[]> {
  const chunks: ArrayBuffer[] = []
  for (let start = 0; start < source.size; start += CHUNK_BYTES) {
    stopIfCancelled()
    const end = Math.min(start + CHUNK_BYTES, source.size)
    chunks.push(await readChunk(source, start, end))
    onProgress?.(end / source.size)
  }
  stopIfCancelled()
  return chunks
}

async function readChunk(source: Blob, start: number, end: number): Promise<ArrayBuffer> {
  try {
    return await source.slice(start, end).arrayBuffer()
  } catch (cause) {
    throw refusals.fileUnreadable(cause)
  }
}
