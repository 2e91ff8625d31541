/** A quiet tone of so many milliseconds, as a sound file that every browser plays. */
export function aTone(durationMs: number): Blob {
  const rate = 8_000
  const count = Math.round((durationMs / 1_000) * rate)
  const bytes = new DataView(new ArrayBuffer(44 + count))
  const words = (at: number, text: string) =>
    [...text].forEach((character, index) => bytes.setUint8(at + index, character.charCodeAt(0)))
  words(0, 'RIFF')
  bytes.setUint32(4, 36 + count, true)
  words(8, 'WAVEfmt ')
  bytes.setUint32(16, 16, true)
  bytes.setUint16(20, 1, true)
  bytes.setUint16(22, 1, true)
  bytes.setUint32(24, rate, true)
  bytes.setUint32(28, rate, true)
  bytes.setUint16(32, 1, true)
  bytes.setUint16(34, 8, true)
  words(36, 'data')
  bytes.setUint32(40, count, true)
  for (let index = 0; index < count; index++) {
    bytes.setUint8(44 + index, 128 + Math.round(12 * Math.sin((index * 2 * Math.PI * 440) / rate)))
  }
  return new Blob([bytes.buffer], { type: 'audio/wav' })
}
