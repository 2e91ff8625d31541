import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ConformanceReport } from 'vue-parley/testing'
import { keepReport, pageFile, pageOf, readTable } from './report'

const report: ConformanceReport = {
  name: 'x',
  offers: [{ ability: 'messages.send', state: 'offered', checkCount: 3 }],
  notRun: [],
  passedCount: 3,
  failedCount: 0,
}

describe('The table of what each backend offers', () => {
  it('stands in the documentation as the last runs found it', () => {
    expect(readFileSync(pageFile, 'utf8')).toBe(pageOf(readTable()))
  })

  it('knows the embedded service', () => {
    expect(readTable()['embedded']).toMatchObject({ 'messages.send': 'offered' })
  })

  it('shows what is offered, refused and missing', () => {
    const page = pageOf({
      one: { 'messages.send': 'offered', 'groups.kick': 'refused' },
      another: { 'messages.send': 'offered', 'groups.kick': 'missing' },
    })
    expect(page).toContain('| method | one | another |')
    expect(page).toContain('| `send` | ✓   | ✓       |')
    expect(page).toContain('| `kick` | (✓) |         |')
  })

  it('fails where a run finds something else', () => {
    expect(() => keepReport('embedded')(report)).toThrow(/says otherwise about embedded/)
    expect(() => keepReport('no such backend')(report)).toThrow(/says otherwise/)
  })
})
