import { NS } from './namespaces'
import { xml } from './xml'
import type { Xml } from './xml'

const NODE = 'urn:parley:client'
const IDENTITY = { category: 'client', type: 'web', name: 'Parley' }

/** What other clients may know of this one; an ending `+notify` asks the server to push what is published there. */
const FEATURES: readonly string[] = [
  NS.discoInfo,
  NS.ping,
  NS.receipts,
  NS.markers,
  NS.typing,
  NS.correction,
  NS.reactions,
  NS.reply,
  `${NS.bookmarks}+notify`,
  `${NS.displayed}+notify`,
  `${NS.conversationSettings}+notify`,
].sort()

/** What the digest is made of (XEP-0115). */
export const CAPS_TEXT = [`${IDENTITY.category}/${IDENTITY.type}//${IDENTITY.name}`, ...FEATURES, ''].join(
  '<',
)

/** The SHA-1 of `CAPS_TEXT`: a constant, as the features are; a test says when it no longer fits. */
export const CAPS_VERSION = 'HM9MsPgtCbo3IyNX8z53/vqxUN8='

/** Names the features in one's presence. */
export function capsElement(): Xml {
  return xml('c', { xmlns: 'http://jabber.org/protocol/caps', hash: 'sha-1', node: NODE, ver: CAPS_VERSION })
}

/** The features as they are answered to a question. */
export function description(node: string | undefined): Xml {
  return xml(
    'query',
    { xmlns: NS.discoInfo, node },
    xml('identity', IDENTITY),
    FEATURES.map((feature) => xml('feature', { var: feature })),
  )
}
