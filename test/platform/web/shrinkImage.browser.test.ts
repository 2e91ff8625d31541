import { describe, expect, it } from 'vitest'
import { shrinkImage } from '../../../src/platform/web/shrinkImage'
import type { LocalFile } from '../../../src/model'

/** A picture of noise, so that fewer pixels are fewer bytes; its left half is red. */
async function picture(width: number, height: number, mime = 'image/png'): Promise<LocalFile> {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')!
  const noise = context.createImageData(width, height)
  for (let at = 0; at < noise.data.length; at += 4) {
    const isLeft = (at / 4) % width < width / 2
    noise.data.set([isLeft ? 220 : (at * 7919) % 60, (at * 104_729) % 60, (at * 1_299_709) % 60, 255], at)
  }
  context.putImageData(noise, 0, 0)
  const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!), mime))
  return local(blob, mime)
}

function local(blob: Blob, mime: string): LocalFile {
  return { at: 'local', source: 'blob', value: blob, name: 'a picture', bytes: blob.size, mime }
}

/**
 * Says in a JPEG that it is to be turned by a quarter to the right: an EXIF block with the one entry that counts.
 */
function turned(jpeg: ArrayBuffer): Blob {
  const exif = [
    ...[0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0x00, 0x00],
    ...[0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01],
    ...[0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, 0x06, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00],
  ]
  return new Blob([jpeg.slice(0, 2), new Uint8Array(exif), jpeg.slice(2)], { type: 'image/jpeg' })
}

async function pixelsOf(file: LocalFile) {
  const bitmap = await createImageBitmap(file.value as Blob)
  const { width, height } = bitmap
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  const redAt = (x: number, y: number) => (context.getImageData(x, y, 1, 1).data[0] ?? 0) > 150
  return { width, height, redAt }
}

describe('a picture that is made smaller', () => {
  it('has the longer side asked for, its kind and its name', async () => {
    for (const mime of ['image/png', 'image/jpeg']) {
      const small = await shrinkImage(await picture(400, 200, mime), { longestSide: 100 })
      expect(small).toMatchObject({ name: 'a picture', mime, bytes: (small?.value as Blob).size })
      expect(await pixelsOf(small!)).toMatchObject({ width: 100, height: 50 })
    }
  })

  it('stands the way up it is seen', async () => {
    const { value } = await picture(400, 200, 'image/jpeg')
    const file = local(turned(await (value as Blob).arrayBuffer()), 'image/jpeg')
    const before = await pixelsOf(file)
    expect(before).toMatchObject({ width: 200, height: 400 })
    const small = await pixelsOf((await shrinkImage(file, { longestSide: 100 }))!)
    expect(small).toMatchObject({ width: 50, height: 100 })
    // The left half has become the upper one.
    expect([small.redAt(25, 10), small.redAt(25, 90)]).toEqual([true, false])
  })

  it('takes the quality asked for', async () => {
    const file = await picture(400, 200, 'image/jpeg')
    const [good, bad] = await Promise.all(
      [0.95, 0.2].map((quality) => shrinkImage(file, { longestSide: 300, quality })),
    )
    expect(bad!.bytes).toBeLessThan(good!.bytes)
  })

  it('is left alone where it is small, moves, or is none', async () => {
    expect(await shrinkImage(await picture(90, 40), { longestSide: 100 })).toBeUndefined()
    const gif = { ...(await picture(400, 200)), mime: 'image/gif' }
    expect(await shrinkImage(gif, { longestSide: 100 })).toBeUndefined()
    const broken = local(new Blob(['no picture']), 'image/png')
    expect(await shrinkImage(broken, { longestSide: 100 })).toBeUndefined()
  })
})
