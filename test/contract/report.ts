import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Ability } from 'vue-parley/core'
import type { ConformanceReport, OfferState } from 'vue-parley/testing'
import { tableText } from './tableText'

/** What each backend offers, as its last run found it. */
export type BackendTable = Readonly<Record<string, Readonly<Partial<Record<Ability, OfferState>>>>>

const QUIT =
  'whoever leaves a room stays on its list of members (XEP-0045 lets only its admins take somebody off)'

/** Checks that a backend does not pass, and the reason, which is the backend's own. */
export const knownShortcomings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  prosody: { 'lets a member go, and tells the others (I2)': QUIT },
  ejabberd: { 'lets a member go, and tells the others (I2)': QUIT },
}

const root = new URL('../../', import.meta.url)
const dataFile = fileURLToPath(new URL('stories/docs/backends.json', root))
/** The page of the documentation that shows the table. */
export const pageFile = fileURLToPath(new URL('stories/docs/BackendFeatures.mdx', root))
const howTo = 'PARLEY_UPDATE_BACKENDS=1 npm run test:transports'

/** The table as it is kept beside the documentation. */
export function readTable(): BackendTable {
  return existsSync(dataFile) ? (JSON.parse(readFileSync(dataFile, 'utf8')) as BackendTable) : {}
}

/**
 * Compares what a run found with the table of the documentation, and fails where they differ; with
 * PARLEY_UPDATE_BACKENDS=1 it brings the table up to date instead. Give it to the suite as `report`.
 */
export function keepReport(backend: string): (report: ConformanceReport) => void {
  return ({ offers }) => {
    const found = Object.fromEntries(offers.map(({ ability, state }) => [ability, state]))
    const table = readTable()
    if (process.env['PARLEY_UPDATE_BACKENDS'] === '1') return writeTable({ ...table, [backend]: found })
    if (JSON.stringify(table[backend]) === JSON.stringify(found)) return
    throw new Error(`stories/docs/backends.json says otherwise about ${backend}: run ${howTo} -- ${backend}`)
  }
}

function writeTable(table: BackendTable): void {
  const sorted = Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(dataFile, `${JSON.stringify(sorted, null, 2)}\n`)
  writeFileSync(pageFile, pageOf(sorted))
}

const SIGNS: Readonly<Record<OfferState, string>> = { offered: '✓', refused: '(✓)', missing: '' }

/** The documentation page. Its tables are laid out as the formatter wants them. */
export function pageOf(table: BackendTable): string {
  const backends = Object.keys(table)
  const [first] = Object.values(table)
  const abilities = Object.keys(first ?? {}) as Ability[]
  const facets = [...new Set(abilities.map((ability) => ability.split('.')[0] ?? ''))]
  const sections = facets.map((facet) => {
    const own = abilities.filter((ability) => ability.startsWith(`${facet}.`))
    const rows = own.map((ability) => [
      `\`${ability.slice(facet.length + 1)}\``,
      ...backends.map((backend) => SIGNS[table[backend]?.[ability] ?? 'missing']),
    ])
    return `## ${facet}\n\n${tableText([['method', ...backends], ...rows])}\n`
  })
  return `${HEAD}\n${[...sections, shortcomingsText(backends)].filter(Boolean).join('\n')}`
}

function shortcomingsText(backends: readonly string[]): string {
  const rows = backends.flatMap((backend) =>
    Object.entries(knownShortcomings[backend] ?? {}).map(([check, reason]) => [backend, check, reason]),
  )
  if (rows.length === 0) return ''
  return `## What does not pass\n\n${tableText([['backend', 'check', 'reason'], ...rows])}\n`
}

const HEAD = `import { Meta } from '@storybook/addon-docs/blocks'

<Meta title="Docs/What each backend offers" />

{/* Made by test/contract/report.ts from the runs of the conformance suite: ${howTo}. */}

# What each backend offers

Each of these was judged by the conformance suite against the real server; what stands here passed, but for
what the last table names. ✓: offered. (✓): the adapter
has it, this server as it is set up here does not, and \`can\` says so. Empty: the adapter does not have it, and the screens hide it.
`
