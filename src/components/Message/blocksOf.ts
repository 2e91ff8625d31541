import type { Media, Part } from '../../model'

/** A part, or pictures side by side that are shown as one album. */
export type Block =
  | { readonly key: number; readonly kind: Part['kind']; readonly part: Part }
  | { readonly key: number; readonly kind: 'image'; readonly album: readonly Media[] }

/** The parts of a message as they are shown: two pictures or more in a row are an album. */
export function blocksOf(parts: readonly Part[]): readonly Block[] {
  const blocks: Block[] = []
  for (const [key, part] of parts.entries()) {
    const last = blocks.at(-1)
    if (part.kind !== 'image' || last?.kind !== 'image') blocks.push({ key, kind: part.kind, part })
    else blocks[blocks.length - 1] = { key: last.key, kind: 'image', album: [...imagesOf(last), part] }
  }
  return blocks
}

function imagesOf(block: Block): readonly Media[] {
  if ('album' in block) return block.album
  return block.part.kind === 'image' ? [block.part] : []
}
