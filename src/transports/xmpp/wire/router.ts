import { description } from './caps'
import { NS } from './namespaces'
import type { Area } from './wire'
import { attrOf, elementOf, elementsOf, xml } from './xml'
import type { Xml } from './xml'

/** What the router needs of the stream. */
export interface RouterSetup {
  readonly areas: readonly Area[]
  /** Takes the answer to a question of ours. */
  answer(stanza: Xml): boolean
  send(stanza: Xml): void
  reject(reason: string): void
}

/** Leads each stanza to the area that understands it; what nobody understands is counted. Never throws. */
export function createRouter({ areas, answer, send, reject }: RouterSetup): (stanza: Xml) => void {
  function isTaken(stanza: Xml): boolean {
    switch (stanza.name) {
      case 'message':
        return areas.some((area) => area.onMessage?.(stanza))
      case 'presence':
        return areas.some((area) => area.onPresence?.(stanza))
      default:
        return answer(stanza) || isRequestTaken(stanza)
    }
  }

  function isRequestTaken(stanza: Xml): boolean {
    const type = attrOf(stanza, 'type')
    if (type !== 'get' && type !== 'set') return false
    if (areas.some((area) => area.onRequest?.(stanza))) return true
    const [to, id] = [attrOf(stanza, 'from'), attrOf(stanza, 'id')]
    const answering = (kind: string, ...content: readonly Xml[]) =>
      send(xml('iq', { type: kind, to, id }, ...content))
    const asked = elementOf(stanza, 'query', NS.discoInfo)
    if (type === 'get' && elementOf(stanza, 'ping', NS.ping)) answering('result')
    else if (type === 'get' && asked) answering('result', description(attrOf(asked, 'node')))
    else answering('error', notHere())
    return true
  }

  return (stanza) => {
    try {
      if (!isTaken(stanza)) reject(nameOf(stanza))
    } catch (error) {
      reject(`${nameOf(stanza)}: ${error instanceof Error ? error.message : 'broken'}`)
    }
  }
}

function notHere(): Xml {
  return xml('error', { type: 'cancel' }, xml('service-unavailable', { xmlns: NS.stanzas }))
}

/** Names a stanza without what it says, so that it can be logged. */
function nameOf(stanza: Xml): string {
  const type = attrOf(stanza, 'type')
  const inside = elementsOf(stanza).map(({ name, ns }) => `${name} ${ns}`)
  return `${stanza.name}${type === undefined ? '' : ` ${type}`}: ${inside.slice(0, 5).join(', ')}`
}
