import { ChatError } from '../../../model'
import { writeForm } from './disco'
import type { BareJid } from './jid'
import { NS } from './namespaces'
import type { Wire } from './wire'
import { attrOf, elementOf, elementsOf, xml } from './xml'
import type { Xml } from './xml'

/** Something kept in one's account under a name. */
export interface PepItem {
  readonly id: string
  readonly payload: Xml
}
/** What an event says of a node: what is there now, and what no longer is. */
export interface PepEvent {
  readonly from: BareJid
  readonly node: string
  readonly items: readonly PepItem[]
  readonly retractedIds: readonly string[]
}

const OPTIONS = `${NS.pubsub}#publish-options`
const PRIVATE = { 'pubsub#persist_items': 'true', 'pubsub#access_model': 'whitelist' }
/** One server keeps a single item unless it is told to keep all; the other does not know the words. */
const MANY = { ...PRIVATE, 'pubsub#max_items': 'max', 'pubsub#send_last_published_item': 'never' }

/** All items of a node, of one's own account or of `of`; none where the node is not there. */
export async function fetchItems(wire: Wire, node: string, of?: BareJid): Promise<readonly PepItem[]> {
  const payload = xml('pubsub', { xmlns: NS.pubsub }, xml('items', { node }))
  try {
    const answer = await wire.request({ type: 'get', payload, ...(of !== undefined && { to: of }) })
    const items = elementOf(elementOf(answer, 'pubsub', NS.pubsub), 'items')
    return readItems(items)
  } catch (error) {
    if (error instanceof ChatError && error.code === 'item-not-found') return []
    throw error
  }
}

/** Puts an item for oneself alone under a name in one's account. */
export async function publishPrivately(wire: Wire, node: string, id: string, payload: Xml): Promise<void> {
  const publish = (options: Readonly<Record<string, string>>) =>
    wire.request({
      type: 'set',
      payload: xml(
        'pubsub',
        { xmlns: NS.pubsub },
        xml('publish', { node }, xml('item', { id }, payload)),
        xml('publish-options', {}, writeForm(OPTIONS, options)),
      ),
    })
  await publish(MANY).catch((error: unknown) => {
    const isRefused = error instanceof ChatError && error.domain === 'xmpp'
    if (!isRefused) throw error
    return publish(PRIVATE)
  })
}

/** Takes an item out of one's account. */
export async function retractItem(wire: Wire, node: string, id: string): Promise<void> {
  const retract = xml('retract', { node, notify: 'true' }, xml('item', { id }))
  await wire.request({ type: 'set', payload: xml('pubsub', { xmlns: NS.pubsub }, retract) })
}

/** Reads an event; undefined where the stanza holds none. */
export function readPepEvent(stanza: Xml, from: BareJid): PepEvent | undefined {
  const items = elementOf(elementOf(stanza, 'event', NS.pubsubEvent), 'items', NS.pubsubEvent)
  const node = attrOf(items, 'node')
  if (!items || node === undefined) return undefined
  return {
    from,
    node,
    items: readItems(items),
    retractedIds: elementsOf(items, 'retract').flatMap((one) => attrOf(one, 'id') ?? []),
  }
}

function readItems(items: Xml | undefined): readonly PepItem[] {
  return elementsOf(items, 'item').flatMap((item) => {
    const [payload] = elementsOf(item)
    const id = attrOf(item, 'id')
    return payload && id !== undefined ? [{ id, payload }] : []
  })
}
