import type { EpochMs, LocalFile } from '../model'
import type { Storage } from '../storage'
import { canBeCopied } from './batch'
import type { Rows } from './rows'

const TABLES = ['media', 'mediaUses'] as const

/** A file kept before; it counts as used now. */
export function readMedia(storage: Storage<Rows>, key: string, now: EpochMs): Promise<LocalFile | undefined> {
  return storage.write(TABLES, async (writing) => {
    const row = await writing.get('media', key)
    if (row) await writing.put('mediaUses', { key, bytes: row.file.bytes, usedAt: now })
    return row?.file
  })
}

/** Keeps a file; the least used go until all take no more than `mostBytes`. One too big for that is not kept. */
export async function keepMedia(
  storage: Storage<Rows>,
  key: string,
  file: LocalFile,
  now: EpochMs,
  mostBytes: number,
): Promise<void> {
  if (!(file.bytes <= mostBytes) || !canBeCopied(file)) return
  await storage.write(TABLES, async (writing) => {
    const uses = (await writing.range('mediaUses', {})).filter((use) => use.key !== key)
    let total = uses.reduce((sum, { bytes }) => sum + bytes, file.bytes)
    for (const use of [...uses].sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= mostBytes) break
      total -= use.bytes
      await writing.delete('media', use.key)
      await writing.delete('mediaUses', use.key)
    }
    await writing.put('media', { key, file })
    await writing.put('mediaUses', { key, bytes: file.bytes, usedAt: now })
  })
}
