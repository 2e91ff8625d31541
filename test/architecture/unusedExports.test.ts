import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSources, root } from './importGraph'
import { unusedExports } from './unusedExports'

describe('What is exported', () => {
  it('is taken by somebody', () => {
    const sources = new Map([
      ...readSources(['src', 'stories', 'demo', 'test']),
      ['vite.config.ts', readFileSync(join(root, 'vite.config.ts'), 'utf8')],
    ])
    expect(sources.size).toBeGreaterThan(1_000)
    expect(unusedExports(sources)).toEqual([])
  })

  it('is seen where nobody takes it', () => {
    const sources = new Map([
      ['src/core.ts', "export { forApps, alsoForApps } from './core/text'"],
      [
        'src/core/text/index.ts',
        "export { forApps } from './a'\nexport { forNobody, shown as kept } from './b'",
      ],
      ['src/core/text/a.ts', 'export function forApps() {}\nexport type Lonely = string'],
      ['src/core/text/b.ts', 'export const forNobody = 1\nexport const shown = 2\nexport class Alone {}'],
      ['test/core/text/b.test.ts', "import { kept } from '../../../src/core/text'"],
    ])
    expect(unusedExports(sources)).toEqual([
      'src/core/text/index.ts: nobody outside takes forNobody',
      'src/core/text/b.ts: nobody imports Alone',
    ])
  })
})
