import type { LocalFile } from '../../model'

const TYPE = 'image/jpeg'
const QUALITY = 0.82

/** The middle of a picture as a square, the way up it is seen; undefined where it is none or cannot be read. */
export async function squareImage(file: LocalFile, side: number): Promise<LocalFile | undefined> {
  if (!(file.value instanceof Blob)) return undefined
  try {
    const bitmap = await createImageBitmap(file.value)
    const blob = await drawn(bitmap, side)
    bitmap.close()
    if (!blob) return undefined
    const name = `${file.name.replace(/\.[^.]*$/, '')}.jpg`
    return { at: 'local', source: 'blob', value: blob, name, bytes: blob.size, mime: blob.type }
  } catch {
    return undefined
  }
}

function drawn(bitmap: ImageBitmap, side: number): Promise<Blob | null> {
  const { width, height } = bitmap
  const edge = Math.min(width, height)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side
  const context = canvas.getContext('2d')
  if (!context) return Promise.resolve(null)
  // What is seen through becomes white, for this type knows nothing of that.
  context.fillStyle = 'white'
  context.fillRect(0, 0, side, side)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, (width - edge) / 2, (height - edge) / 2, edge, edge, 0, 0, side, side)
  return new Promise((resolve) => canvas.toBlob(resolve, TYPE, QUALITY))
}
