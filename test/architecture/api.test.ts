import { existsSync, mkdirSync, readFileSync, rmSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { doors } from '../../vite.config'
import { describeDoor, loadDoors } from './apiReport'
import { root } from './importGraph'

const reports = join(root, 'test/architecture/api')
const openDoors = Object.entries(doors).filter(([, source]) => existsSync(join(root, source)))
const howToUpdate = 'where that is meant, run: npm test -- --update-api'
const isUpdate = process.env.PARLEY_UPDATE_API === '1'

function reportPath(door: string): string {
  return join(reports, `${door}.api.txt`)
}

function writeReport(door: string, report: string): void {
  mkdirSync(dirname(reportPath(door)), { recursive: true })
  writeFileSync(reportPath(door), report)
}

/** The reviewed picture of the public names: a change to it is a change to the promise made to apps. */
describe('the public API', { timeout: 120_000 }, () => {
  const program = loadDoors(openDoors.map(([, source]) => join(root, source)))
  if (isUpdate) rmSync(reports, { recursive: true, force: true })

  it.each(openDoors)('of %s is the one that was reviewed', (door, source) => {
    const report = describeDoor(program, join(root, source))
    if (isUpdate) writeReport(door, report)
    expect(existsSync(reportPath(door)), `There is no report of ${door}; ${howToUpdate}`).toBe(true)
    const reviewed = readFileSync(reportPath(door), 'utf8')
    expect(report, `The public API of ${door} differs; ${howToUpdate}`).toBe(reviewed)
  })

  it('is reported for every door and for nothing else', () => {
    const written = existsSync(reports) ? readdirSync(reports, { recursive: true, encoding: 'utf8' }) : []
    expect(written.filter((name) => name.endsWith('.txt')).sort()).toEqual(
      openDoors.map(([door]) => `${door}.api.txt`).sort(),
    )
  })
})
