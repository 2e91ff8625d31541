import { soundParts } from '../../../core/sound'
import type { Json, MessageBody, Part, Priority } from '../../../model'
import { NS } from '../wire/namespaces'
import { elementOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'

/** What rides in our own element beside a plain body: everything that a plain body cannot say. */
export interface Extras {
  readonly parts?: readonly Part[]
  readonly abstract?: string
  readonly mentions?: { readonly userIds: readonly string[]; readonly isAll: boolean }
  readonly isUncounted?: true
  readonly priority?: Exclude<Priority, 'normal'>
  readonly hasReceipts?: true
  readonly hasExtensions?: true
  readonly burnAfterMs?: number
  readonly data?: Json
  readonly revision?: number
}

const LONGEST = 200_000
/** What a reader of XML may change or cannot hold, though JSON leaves it as it is. */
const UNSAFE_IN_XML = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g

/** The element, where there is anything to say. JSON escapes what XML cannot hold, so it comes back as it went. */
export function writeExtras(extras: Extras): Xml | undefined {
  const text = JSON.stringify(extras).replace(
    UNSAFE_IN_XML,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return text === '{}' ? undefined : xml('parley', { xmlns: NS.parley }, text)
}

/** What a stanza carries, each field only if it is what it should be: whoever sent it may have made it up. */
export function readExtras(stanza: Xml): Extras {
  const told = parsed(textOf(elementOf(stanza, 'parley', NS.parley)))
  if (!told) return {}
  const parts = told['parts'] === undefined ? undefined : soundParts(told['parts'])
  const mentions = readMentions(told['mentions'])
  const { abstract, priority, burnAfterMs, data, revision } = told
  return {
    ...(parts && parts.length > 0 && { parts: parts.filter((part) => part.kind !== 'notice') }),
    ...(typeof abstract === 'string' && { abstract }),
    ...(mentions && { mentions }),
    ...(told['isUncounted'] === true && { isUncounted: true }),
    ...((priority === 'high' || priority === 'low' || priority === 'lowest') && { priority }),
    ...(told['hasReceipts'] === true && { hasReceipts: true }),
    ...(told['hasExtensions'] === true && { hasExtensions: true }),
    ...(isAmount(burnAfterMs) && { burnAfterMs }),
    ...(data !== undefined && { data: data as Json }),
    ...(isAmount(revision) && { revision }),
  }
}

/** The fields of a message's body that our own element carries. */
export function bodyOfExtras(
  extras: Extras,
): Omit<MessageBody, 'parts' | 'delivery' | 'replyTo' | 'mentions'> {
  const { priority, hasReceipts, hasExtensions, burnAfterMs, data } = extras
  return {
    ...(priority && { priority }),
    ...(hasReceipts && { hasReceipts }),
    ...(hasExtensions && { hasExtensions }),
    ...(burnAfterMs !== undefined && { burnAfterMs }),
    ...(data !== undefined && { data }),
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text === '' || text.length > LONGEST) return undefined
  try {
    const told: unknown = JSON.parse(text)
    return typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function readMentions(told: unknown): Extras['mentions'] {
  if (typeof told !== 'object' || told === null) return undefined
  const { userIds, isAll } = told as Readonly<Record<string, unknown>>
  const ids = Array.isArray(userIds) ? userIds.filter((id) => typeof id === 'string') : []
  return { userIds: ids, isAll: isAll === true }
}

function isAmount(told: unknown): told is number {
  return typeof told === 'number' && Number.isSafeInteger(told) && told >= 0
}
