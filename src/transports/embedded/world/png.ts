import { deflate } from './deflate'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

/** A truecolour PNG of `width` x `height` from red, green and blue bytes, row by row. */
export function encodePng(width: number, height: number, rgb: Uint8Array): Uint8Array {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([8, 2, 0, 0, 0], 8)
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', zlib(unfilteredRows(width, height, rgb))),
    chunk('IEND', []),
  ]
  return joined([Uint8Array.from(SIGNATURE), ...chunks])
}

/** Each row is led by a zero: no filter. */
function unfilteredRows(width: number, height: number, rgb: Uint8Array): Uint8Array {
  const rowBytes = width * 3
  const rows = new Uint8Array((rowBytes + 1) * height)
  for (let y = 0; y < height; y++)
    rows.set(rgb.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1)
  return rows
}

function zlib(bytes: Uint8Array): Uint8Array {
  const check = new Uint8Array(4)
  new DataView(check.buffer).setUint32(0, adler32(bytes))
  return joined([Uint8Array.of(0x78, 0x01), deflate(bytes), check])
}

function chunk(kind: string, content: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(content.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, content.length)
  for (let at = 0; at < 4; at++) bytes[4 + at] = kind.charCodeAt(at)
  bytes.set(content, 8)
  view.setUint32(content.length + 8, crc32(bytes.subarray(4, content.length + 8)))
  return bytes
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (CRC_TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}

function adler32(bytes: Uint8Array): number {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % 65521
    high = (high + low) % 65521
  }
  return ((high << 16) | low) >>> 0
}
