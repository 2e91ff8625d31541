import type { ImageOptions, LocalFile } from '../../model'

/** Kinds that a canvas can write as well; what moves would stand still. */
const TYPES = ['image/jpeg', 'image/png', 'image/webp']
const QUALITY = 0.85

/** Draws a picture anew, the way up it is seen, no longer at its longer side than asked for. */
export async function shrinkImage(
  file: LocalFile,
  { longestSide, quality = QUALITY }: ImageOptions,
): Promise<LocalFile | undefined> {
  if (!(file.value instanceof Blob) || !TYPES.includes(file.mime)) return undefined
  try {
    const bitmap = await createImageBitmap(file.value)
    const scale = longestSide / Math.max(bitmap.width, bitmap.height)
    const blob = scale < 1 ? await drawn(bitmap, scale, file.mime, quality) : undefined
    bitmap.close()
    if (!blob || blob.type !== file.mime || blob.size >= file.bytes) return undefined
    return { at: 'local', source: 'blob', value: blob, name: file.name, bytes: blob.size, mime: file.mime }
  } catch {
    // What cannot be read here leaves as it is.
    return undefined
  }
}

function drawn(bitmap: ImageBitmap, scale: number, type: string, quality: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  if (!context) return Promise.resolve(null)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality))
}
