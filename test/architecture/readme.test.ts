import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSources, root } from './importGraph'
import { layers, resolveImport } from './layers.js'

const sources = readSources(['src'])
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] }

/** The public components by name, each with its source. */
function publicComponents(): Map<string, string> {
  const doors = [
    ...(sources.get('src/index.ts') ?? '').matchAll(/^export \{ (.+) \} from '(\.\/components\/\w+)'/gm),
  ]
  return new Map(
    doors.flatMap(([, names = '', folder = '']) => {
      const door = join('src', folder, 'index.ts')
      return names.split(', ').map((name) => {
        const [own = '', shown = own] = name.split(' as ')
        const text = sources.get(door) ?? ''
        const [, file = ''] =
          new RegExp(`default as ${own} \\} from '(.+)'|${own}(?:: [\\w ]+)? =\\s.*import\\('(.+)'\\)`)
            .exec(text)
            ?.filter((part) => part !== undefined) ?? []
        const path = resolveImport(door, file, (one) => sources.has(one))
        return [shown, sources.get(path ?? '') ?? ''] as const
      })
    }),
  )
}

it('names every public component, and of each only what it has', () => {
  const rows = [...readme.matchAll(/^\| `([A-Z]\w+)` +\|(.*)\|$/gm)]
  const components = publicComponents()
  expect(rows.map(([, name]) => name).sort()).toEqual([...components.keys()].sort())
  const unknown = rows.flatMap(([, name = '', cells = '']) =>
    [...cells.matchAll(/`(\w+)`/g)]
      .map(([, word = '']) => word)
      .filter((word) => !new RegExp(`\\b${word}\\b['"?(:]`).test(components.get(name) ?? ''))
      .map((word) => `${name}: ${word}`),
  )
  expect(unknown).toEqual([])
})

it('shows and links nothing that the package does not bring', () => {
  const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target)
  expect(targets.filter((target) => !/^https?:/.test(target) && !files.includes(target))).toEqual([])
  expect(files).toContain('SECURITY.md')
})

/** What is named in a cell of a table, without its notes: `core, model; notes`. */
const namesIn = (cell = '') =>
  (cell.split(';')[0] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'none' && name !== 'nothing')
    .sort()

it('tells the import law as it stands', () => {
  const page = readFileSync(join(root, 'stories/docs/Architecture.mdx'), 'utf8')
  const told = new Map(
    [...page.matchAll(/^\| `(\w+)` +\|([^|]+)\|([^|]+)\|$/gm)].map(([, name, ...cells]) => [
      name,
      cells.map(namesIn),
    ]),
  )
  const packagesOf = (layer: string) =>
    Object.entries(layers).flatMap(([name, law]) =>
      name === layer || name.startsWith(`${layer}/`) ? law.packages : [],
    )
  /** A package's own name, whatever of it is imported. */
  const packageOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? ''
  const law = Object.entries(layers)
    .filter(([name]) => !/[/.]/.test(name))
    .map(([name, { layers: below }]) => [
      name,
      [[...below].sort(), [...new Set(packagesOf(name).map(packageOf))].sort()],
    ])
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(law))
})
