import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ConformanceReport } from 'vue-parley/testing'
import { keepReport, knownShortcomings, pageFile, pageOf, readTable } from './report'
import { knowing } from './xmppHarness'

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

  it('names what does not pass, and why', () => {
    const page = pageOf({ prosody: { 'messages.send': 'offered' } })
    expect(page).toContain('## What does not pass')
    for (const [check, reason] of Object.entries(knownShortcomings['prosody'] ?? {})) {
      expect(page).toContain(`| ${check} | ${reason} |`)
    }
    expect(pageOf({ embedded: { 'messages.send': 'offered' } })).not.toContain('## What does not pass')
  })

  it('fails where a known shortcoming is gone', async () => {
    const checks = new Map<string, () => Promise<void>>()
    const run = knowing('prosody', (name, check) => checks.set(name, check))
    const [known = ''] = Object.keys(knownShortcomings['prosody'] ?? {})
    let isPassing = false
    run(known, () => (isPassing ? Promise.resolve() : Promise.reject(new Error('not yet'))))
    const [check] = [...checks.values()]
    await expect(check?.()).resolves.toBeUndefined()
    isPassing = true
    await expect(check?.()).rejects.toThrow(/take it off/)
  })

  it('fails where a run finds something else', () => {
    expect(() => keepReport('embedded')(report)).toThrow(/says otherwise about embedded/)
    expect(() => keepReport('no such backend')(report)).toThrow(/says otherwise/)
  })
})
