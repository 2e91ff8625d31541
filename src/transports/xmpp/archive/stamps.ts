import type { EpochMs, MessageOrder } from '../../../model'
import { NS } from '../wire/namespaces'
import { attrOf, elementOf } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** When something happened, as the server says, and where that places it. */
export interface Stamp {
  readonly at: EpochMs
  readonly order: MessageOrder
}

/** A stamp as the wire writes it; what is finer than a millisecond still tells two messages apart. */
export function readStamp(text: string | undefined): Stamp | undefined {
  const at = text === undefined ? NaN : Date.parse(text)
  if (Number.isNaN(at)) return undefined
  const finer = /\.\d{3}(\d+)/.exec(text ?? '')?.[1]
  return { at, order: { major: at, ...(finer !== undefined && { minor: finer }) } }
}

/** The stamp on a stanza that was held back. */
export function delayOf(stanza: Xml): Stamp | undefined {
  return readStamp(attrOf(elementOf(stanza, 'delay', NS.delay), 'stamp'))
}
