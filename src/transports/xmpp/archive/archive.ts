import { ChatError } from '../../../model'
import type { EpochMs } from '../../../model'
import { refusals } from '../refusals'
import { bareJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { writeForm } from '../wire/disco'
import { NS } from '../wire/namespaces'
import type { Area, Wire } from '../wire/wire'
import { attrOf, elementOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { readStamp } from './stamps'
import type { Stamp } from './stamps'

/** One stanza that the server keeps. */
export interface ArchiveEntry {
  readonly id: string
  readonly stamp: Stamp
  readonly stanza: Xml
}
/** Which stretch of an archive is wanted: what comes after an id, before one ('' is the end), or from a time on. */
export interface ArchiveQuery {
  /** A room; one's own archive when absent. */
  readonly room?: BareJid
  /** In one's own archive: what went to and fro with one person. */
  readonly with?: BareJid
  readonly startAt?: EpochMs
  readonly endAt?: EpochMs
  readonly after?: string
  readonly before?: string
  readonly count: number
}
/** A stretch of an archive, oldest first. */
export interface ArchivePage {
  readonly entries: readonly ArchiveEntry[]
  /** Nothing lies beyond it in the direction asked for. */
  readonly isComplete: boolean
  readonly firstId?: string
  readonly lastId?: string
}
/** The archives of the server (XEP-0313): one's own and those of rooms. */
export interface Archive {
  readonly area: Area
  /** Rejects with 'cursor-expired' where the archive no longer has the id asked for. */
  query(query: ArchiveQuery): Promise<ArchivePage>
  /** Whether one's own messages are kept at all. */
  isOffered(): boolean
}
interface Open {
  readonly room: BareJid | undefined
  readonly entries: ArchiveEntry[]
}

/** The most that one page may hold on the servers known. */
export const LARGEST_PAGE = 100
/** A page of long messages over a slow line. */
const ANSWER_WITHIN_MS = 30_000

/** Believes only what comes from the archive that was asked, in answer to a question that is open. */
export function createArchive(wire: Wire): Archive {
  const openById = new Map<string, Open>()

  function isFromArchive(from: string | undefined, room: BareJid | undefined): boolean {
    if (room !== undefined) return from === room
    return from === undefined || from === wire.me()?.bare
  }

  /** Whoever keeps the archive of a room must not tell in it what others said elsewhere, in their names. */
  function isOfArchive(kept: Xml, room: BareJid | undefined): boolean {
    const isOfRoom = attrOf(kept, 'type') === 'groupchat'
    return room === undefined ? !isOfRoom : isOfRoom && bareJid(attrOf(kept, 'from')) === room
  }

  function take(stanza: Xml): boolean {
    const result = elementOf(stanza, 'result', NS.archive)
    if (!result) return false
    const open = openById.get(attrOf(result, 'queryid') ?? '')
    const from = attrOf(stanza, 'from')
    // ejabberd hands on what a page of ours asked for that is gone by now.
    if (!open && isFromArchive(from, undefined)) return true
    if (!open || !isFromArchive(from, open.room)) {
      wire.reject('an archive entry nobody asked for')
      return true
    }
    const forwarded = elementOf(result, 'forwarded', NS.forward)
    const stamp = readStamp(attrOf(elementOf(forwarded, 'delay', NS.delay), 'stamp'))
    const kept = elementOf(forwarded, 'message', NS.client)
    const id = attrOf(result, 'id')
    if (!stamp || !kept || id === undefined) wire.reject('an archive entry without id, time or message')
    else if (!isOfArchive(kept, open.room)) wire.reject('an archive entry of another conversation')
    else open.entries.push({ id, stamp, stanza: kept })
    return true
  }

  async function query(asked: ArchiveQuery): Promise<ArchivePage> {
    const id = wire.ids.next()
    const { room, count, after, before } = asked
    const open: Open = { room, entries: [] }
    openById.set(id, open)
    try {
      const answer = await wire.request({
        type: 'set',
        ...(room !== undefined && { to: room }),
        timeLimitMs: ANSWER_WITHIN_MS,
        payload: xml(
          'query',
          { xmlns: NS.archive, queryid: id },
          writeForm(NS.archive, {
            ...(asked.with !== undefined && { with: asked.with }),
            ...(asked.startAt !== undefined && { start: timeText(asked.startAt) }),
            ...(asked.endAt !== undefined && { end: timeText(asked.endAt) }),
          }),
          xml(
            'set',
            { xmlns: NS.pages },
            xml('max', {}, String(Math.min(count, LARGEST_PAGE))),
            after !== undefined ? xml('after', {}, after) : undefined,
            before !== undefined ? xml('before', {}, before) : undefined,
          ),
        ),
      })
      const fin = elementOf(answer, 'fin', NS.archive)
      const set = elementOf(fin, 'set', NS.pages)
      const [firstId, lastId] = [textOf(elementOf(set, 'first')), textOf(elementOf(set, 'last'))]
      return {
        entries: open.entries,
        isComplete: attrOf(fin, 'complete') === 'true',
        ...(firstId !== '' && { firstId }),
        ...(lastId !== '' && { lastId }),
      }
    } catch (error) {
      throw isLostPlace(error, asked) ? refusals.oldCursor() : error
    } finally {
      openById.delete(id)
    }
  }

  return {
    area: { onMessage: take, onEnd: () => openById.clear() },
    query,
    isOffered: () => wire.disco.account().features.has(NS.archive),
  }
}

function timeText(at: EpochMs): string {
  return new Date(Math.max(0, at)).toISOString()
}

/** An id that the archive does not have, in a room or account that is there. */
function isLostPlace(error: unknown, { after, before }: ArchiveQuery): boolean {
  const isById = after !== undefined || (before !== undefined && before !== '')
  return isById && error instanceof ChatError && error.code === 'item-not-found'
}

/** The id under which one's own archive or a room keeps a stanza that has just come; anybody else's word counts for nothing. */
export function archiveIdOf(stanza: Xml, archive: BareJid): string | undefined {
  const ids = stanza.children.filter(
    (child): child is Xml => typeof child !== 'string' && child.name === 'stanza-id' && child.ns === NS.ids,
  )
  return attrOf(
    ids.find((one) => bareJid(attrOf(one, 'by')) === archive),
    'id',
  )
}
