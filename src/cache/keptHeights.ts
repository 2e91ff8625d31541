import type { ConversationId } from '../model'
import type { ResilientStorage, Storage } from '../storage'
import type { HeightsRow, Rows } from './rows'

const TABLES = ['meta'] as const
/** So many widths of a window, and so many rows in each, are remembered of a conversation. */
const MOST_LOOKS = 3
const MOST_ROWS = 400

/** Where heights are kept: what is written there can be missed. */
type Heights = Pick<Storage<Rows>, 'read'> & Pick<ResilientStorage<Rows>, 'tryWrite'>

const idOf = (conversationId: ConversationId) => `heights:${conversationId}` as const

/** How high the rows of a conversation were when they were last drawn so. */
export async function readHeights(
  storage: Heights,
  conversationId: ConversationId,
  look: string,
): Promise<ReadonlyMap<string, number>> {
  const row = await storage.read(TABLES, (reading) => reading.get('meta', idOf(conversationId)))
  return new Map(looksOf(row as HeightsRow | undefined).find((kept) => kept.look === look)?.heights)
}

/** Keeps them, beside those of the looks before. */
export async function keepHeights(
  storage: Heights,
  conversationId: ConversationId,
  look: string,
  heights: ReadonlyMap<string, number>,
): Promise<void> {
  const id = idOf(conversationId)
  await storage.tryWrite(TABLES, async (writing) => {
    const row = (await writing.get('meta', id)) as HeightsRow | undefined
    const others = looksOf(row).filter((kept) => kept.look !== look)
    const kept = { look, heights: [...heights].slice(-MOST_ROWS) }
    await writing.put('meta', { id, value: [kept, ...others].slice(0, MOST_LOOKS) })
  })
}

function looksOf(row: HeightsRow | undefined): HeightsRow['value'] {
  return Array.isArray(row?.value) ? row.value : []
}
