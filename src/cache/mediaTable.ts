import type { EpochMs, LocalFile } from '../model'
import type { ResilientStorage, Storage } from '../storage'
import { canBeCopied } from './batch'
import type { Rows } from './rows'

const TABLES = ['media', 'mediaUses'] as const
/** That a file is used is not written each time it is seen. */
const USE_MS = 60_000

/** Where files are kept: what is written there can be missed. */
type Media = Pick<Storage<Rows>, 'read'> & Pick<ResilientStorage<Rows>, 'tryWrite'>

/** A file kept before; it counts as used now. */
export async function readMedia(storage: Media, key: string, now: EpochMs): Promise<LocalFile | undefined> {
  const [row, use] = await storage.read(TABLES, async (reading) => [
    await reading.get('media', key),
    await reading.get('mediaUses', key),
  ])
  const file = row?.file
  if (file && !(Math.abs(now - (use?.usedAt ?? 0)) < USE_MS)) {
    await storage.tryWrite(TABLES, (writing) =>
      writing.put('mediaUses', { key, bytes: file.bytes, usedAt: now }),
    )
  }
  return file
}

/** Keeps a file; the least used go until all take no more than `mostBytes`. One too big for that is not kept. */
export async function keepMedia(
  storage: Media,
  key: string,
  file: LocalFile,
  now: EpochMs,
  mostBytes: number,
): Promise<void> {
  if (!(file.bytes <= mostBytes) || !canBeCopied(file)) return
  await storage.tryWrite(TABLES, async (writing) => {
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

/** Gives up all files, so that what must be kept has room; false where there are none. */
export function dropMedia(storage: Storage<Rows>): Promise<boolean> {
  return storage.write(TABLES, async (writing) => {
    const count = await writing.count('media', {})
    for (const table of TABLES) await writing.deleteRange(table, {})
    return count > 0
  })
}
