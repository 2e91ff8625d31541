import { ChatError } from '../../model'
import type { ChatErrorShape, ErrorDomain, ErrorKind } from '../../model'
import type { Ability } from '../ports'
import { causes } from './causes'
import type { CauseTable } from './causes'
import type { ErrorArea, ErrorRow, ErrorTable, WhatToDo } from './errorTable'
import { tables, thirdParty } from './tables'

/** What is known of a code: what it is about, who can mend it and how, and whether to try again. */
export interface ErrorInfo {
  readonly domain: ErrorDomain
  readonly code: number | string
  readonly area: ErrorArea
  /** The name under which its words are found. */
  readonly meaning: string
  readonly kind: ErrorKind
  readonly audience: ChatErrorShape['audience']
  readonly retry: ChatErrorShape['retry']
  readonly effect: ChatErrorShape['effect']
  readonly whatToDo: WhatToDo
}

/** What tells apart the causes of one code. */
export interface ErrorQuestion {
  /** What was tried when the code came. */
  readonly operation?: Ability | 'connect' | undefined
}

/** The first code of a domain costs the reading of its tables, and of no other's. */
const infoByDomain = new Map<ErrorDomain, ReadonlyMap<string, ErrorInfo>>()

/**
 * What a code of a backend means; undefined for one that nobody knows. Takes the same time for any code, those of the app's
 * own server behind the backend among them (K1, K5, K6).
 */
export function errorInfo(
  domain: ErrorDomain,
  code: number | string,
  { operation }: ErrorQuestion = {},
): ErrorInfo | undefined {
  const infoByName = infoByDomain.get(domain) ?? readTables(domain)
  infoByDomain.set(domain, infoByName)
  const name = String(code)
  return (
    (operation && infoByName.get(`${name}\n${operation}`)) ??
    infoByName.get(name) ??
    ofAppServer(domain, code)
  )
}

/** Every code there is, without the causes that depend on what was tried. */
export function errorCatalogue(): readonly ErrorInfo[] {
  return tables.flatMap(infosOf)
}

/**
 * The error a code stands for, as the catalogue has it; `more` says what this one case has beyond it, and wins. A code that is
 * not in the catalogue is somebody's to report.
 */
export function catalogueError(
  domain: ErrorDomain,
  code: number | string,
  { operation, ...more }: Partial<Omit<ChatErrorShape, 'domain' | 'code'>> & ErrorQuestion = {},
  message?: string,
): ChatError {
  const { kind, effect, retry, audience } = errorInfo(domain, code, { operation }) ?? UNKNOWN
  return new ChatError({ domain, code, kind, effect, retry, audience, ...more }, message)
}

const UNKNOWN = { kind: 'other', effect: 'none', retry: 'never', audience: 'developer' } as const

function readTables(domain: ErrorDomain): ReadonlyMap<string, ErrorInfo> {
  const known = new Map<string, ErrorInfo>()
  const isOfDomain = (table: ErrorTable) => table.domain === domain
  for (const info of tables.filter(isOfDomain).flatMap(infosOf)) known.set(String(info.code), info)
  for (const table of (causes as readonly CauseTable[]).filter(isOfDomain)) {
    for (const info of infosOf(table)) {
      for (const operation of table.operations) known.set(`${info.code}\n${operation}`, info)
    }
  }
  return known
}

function infosOf({ domain, area, rows }: ErrorTable): readonly ErrorInfo[] {
  return rows.flatMap((row) => row[0].map((code) => infoOf(domain, area, code, row)))
}

function infoOf(domain: ErrorDomain, area: ErrorArea, code: number | string, row: ErrorRow): ErrorInfo {
  const [, meaning, kind, audience, retry, whatToDo, effect = 'none'] = row
  return { domain, code, area, meaning, kind, audience, retry, effect, whatToDo }
}

function ofAppServer(domain: ErrorDomain, code: number | string): ErrorInfo | undefined {
  const { from, to, area, row } = thirdParty
  const number = Number(code)
  const isTheirs = domain === thirdParty.domain && Number.isInteger(number) && number >= from && number <= to
  return isTheirs ? infoOf(domain, area, code, row) : undefined
}
