import { bareJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { attrOf, elementOf } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** Whether a stanza claims to be a copy of what another device of the account sent or got (XEP-0280). */
export function isCarbon(stanza: Xml): boolean {
  return carbonIn(stanza) !== undefined
}

/**
 * The copied message; undefined where it is forged. Only one's own account may say what its devices do: anybody else's
 * word has been a way to put messages into people's mouths.
 */
export function innerOfCarbon(stanza: Xml, own: BareJid): Xml | undefined {
  const carbon = carbonIn(stanza)
  const inner = elementOf(elementOf(carbon, 'forwarded', NS.forward), 'message', NS.client)
  if (attrOf(stanza, 'from') !== own || !inner) return undefined
  const [from, to] = [bareJid(attrOf(inner, 'from')), bareJid(attrOf(inner, 'to'))]
  const isSent = from === own
  return (carbon?.name === 'sent') === isSent || from === to ? inner : undefined
}

function carbonIn(stanza: Xml): Xml | undefined {
  return elementOf(stanza, 'sent', NS.carbons) ?? elementOf(stanza, 'received', NS.carbons)
}
