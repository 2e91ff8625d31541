import { crc32, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createWorld, renderPicture } from '../../../../src/transports/embedded/world'
import { PICTURE_COUNT, pictureCard } from '../../../../src/transports/embedded/world/pictures'

interface Chunk {
  readonly kind: string
  readonly content: Buffer
}

function chunksOf(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png)
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const chunks: Chunk[] = []
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const named = bytes.subarray(at + 4, at + 8 + length)
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(named))
    chunks.push({ kind: named.subarray(0, 4).toString('latin1'), content: named.subarray(4) })
    at += length + 12
  }
  return chunks
}

describe('renderPicture', () => {
  it.each(Array.from({ length: PICTURE_COUNT * 4 }, (_, n) => n))(
    'paints picture %i as a small, valid PNG',
    (n) => {
      const { key, width, height } = pictureCard(n)
      const png = renderPicture(key) ?? new Uint8Array()
      const [header, data, end] = chunksOf(png)
      expect([header?.kind, data?.kind, end?.kind]).toEqual(['IHDR', 'IDAT', 'IEND'])
      expect([header?.content.readUInt32BE(0), header?.content.readUInt32BE(4)]).toEqual([width, height])
      const pixels = inflateSync(data?.content ?? Buffer.alloc(0))
      expect(pixels.length).toBe((width * 3 + 1) * height)
      expect(new Set(pixels).size).toBeGreaterThan(30)
      expect(png.length).toBeLessThan(60_000)
    },
  )

  it('gives the same bytes for the same key and knows no other keys', () => {
    expect(renderPicture('picture:3')).toEqual(renderPicture('picture:3'))
    expect(renderPicture('picture:3')).not.toEqual(renderPicture('picture:13'))
    expect(['', 'picture:', 'picture:x', 'file:1', 'picture:99999'].map(renderPicture)).toEqual(
      Array(5).fill(undefined),
    )
  })

  it('stands behind every picture of the world with the size that was told', () => {
    const { conversations } = createWorld({ seed: 1, nowAt: Date.UTC(2025, 2, 3, 12) })
    const images = conversations
      .flatMap(({ messages }) => messages.flatMap(({ parts }) => parts))
      .flatMap((part) => (part.kind === 'image' && part.file.at === 'remote' ? [part] : []))
    expect(images.length).toBeGreaterThan(40)
    for (const key of new Set(images.map(({ file }) => (file.at === 'remote' ? (file.key ?? '') : '')))) {
      const image = images.find(({ file }) => file.at === 'remote' && file.key === key)
      const view = new DataView((renderPicture(key) ?? new Uint8Array(24)).buffer)
      expect([view.getUint32(16), view.getUint32(20)]).toEqual([image?.width, image?.height])
    }
  })
})
