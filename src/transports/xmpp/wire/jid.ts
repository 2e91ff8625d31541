/** The address of somebody without a device: `alice@chat.test`, in the one spelling that can be compared. */
export type BareJid = string

/** An address in its parts. */
export interface Jid {
  readonly bare: BareJid
  /** Empty where the address is that of a server. */
  readonly local: string
  readonly domain: string
  /** The device, or in a room the nickname. */
  readonly resource?: string
}

const LONGEST_PART = 1023
// What an address must not hold before its device, plus all blanks and invisible controls.
const BAD_LOCAL = /["&'/:<>@\s\p{Cc}\p{Cs}]/u
const BAD_DOMAIN = /["&'/<>@\s\p{Cc}\p{Cs}]/u

/** The parts of an address; undefined where it is none. */
export function parseJid(text: string | undefined): Jid | undefined {
  if (text === undefined) return undefined
  const slash = text.indexOf('/')
  const [address, resource] = slash < 0 ? [text] : [text.slice(0, slash), text.slice(slash + 1)]
  const at = address.indexOf('@')
  const local = spelled(address.slice(0, Math.max(at, 0)))
  const domain = spelled(address.slice(at + 1)).replace(/\.$/, '')
  const isSound =
    domain !== '' &&
    at !== 0 &&
    resource !== '' &&
    !BAD_LOCAL.test(local) &&
    !BAD_DOMAIN.test(domain) &&
    [local, domain, resource ?? ''].every((part) => part.length <= LONGEST_PART)
  if (!isSound) return undefined
  const bare = local === '' ? domain : `${local}@${domain}`
  return { bare, local, domain, ...(resource !== undefined && { resource }) }
}

/** The address without its device; undefined where it is none. */
export function bareJid(text: string | undefined): BareJid | undefined {
  return parseJid(text)?.bare
}

function spelled(part: string): string {
  return part.normalize('NFKC').toLowerCase()
}
