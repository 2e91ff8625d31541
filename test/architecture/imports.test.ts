import { describe, expect, it } from 'vitest'
import { brokenLaws, importCycles, importsOf, readSources } from './importGraph'

function tree(files: Record<string, string>) {
  return new Map(Object.entries(files))
}

const model = { 'src/model/index.ts': "export type { Message } from './message'", 'src/model/message.ts': '' }

describe('the sources of Parley', () => {
  const sources = readSources(['src', 'stories', 'demo'])

  it('are found', () => {
    expect(sources.has('src/model/index.ts')).toBe(true)
    expect(importsOf('x.ts', sources.get('src/model/index.ts') ?? '')).toContain('./message')
  })

  it('keep the import law', () => {
    expect(brokenLaws(sources)).toEqual([])
  })

  it('have no import cycle, types included', () => {
    expect(importCycles(sources)).toEqual([])
  })
})

describe('the import law', () => {
  it.each([
    ['a static import', "import { x } from '../app'"],
    ['a type import', "import type { X } from '../app'"],
    ['a side-effect import', "import '../app'"],
    ['a re-export', "export { x } from '../app'"],
    ['a re-export of everything', "export * from '../app'"],
    ['a dynamic import', "export const load = () => import('../app')"],
    ['an import type', "export type X = import('../app').X"],
  ])('sees %s', (_, text) => {
    const sources = tree({ 'src/core/planted.ts': text, 'src/app/index.ts': '' })
    expect(brokenLaws(sources)).toEqual([expect.stringContaining('core may not import app')])
  })

  it('sees the imports of both scripts of a component', () => {
    const sources = tree({
      'src/components/Planted/PlantedRoot.vue': [
        "<script lang='ts'>import '../../stores'</script>",
        "<script setup lang='ts'>import { kit } from '../../app'</script>",
        '<template><p>import { x } from "../../core"</p></template>',
      ].join('\n'),
      'src/stores/index.ts': '',
      'src/app/index.ts': '',
    })
    expect(brokenLaws(sources)).toEqual([
      expect.stringContaining('components may not import stores'),
      expect.stringContaining('components may not import app'),
    ])
  })

  it.each([
    ['src/core/planted.ts', 'vue', 'core may not import the package'],
    ['src/core/planted.ts', 'node:fs', 'core may not import the package'],
    ['src/transports/xmpp/planted.ts', 'dexie', 'transports/xmpp may not import the package'],
    ['src/components/Planted/planted.ts', 'virtua', 'components may not import the package'],
    ['src/components/Planted/planted.ts', 'pinia', 'components may not import the package'],
    ['src/index.ts', 'vue-parley', 'index.ts may not import the package'],
    ['stories/components/Planted.stories.ts', 'dexie', 'stories may not import the package'],
    ['stories/components/Planted.stories.ts', '../../src/model', 'the public doors only'],
    ['demo/main.ts', '../stories/support/people', 'the public doors only'],
  ])('forbids %s the import of %s', (path, specifier, why) => {
    const sources = tree({ ...model, [path]: `import x from '${specifier}'` })
    expect(brokenLaws(sources)).toEqual([expect.stringContaining(why)])
  })

  it.each([
    ['src/storage/dexieStorage.ts', "import Dexie from 'dexie'"],
    ['src/components/Timeline/Timeline.ts', "import { VList } from 'virtua/vue'"],
    ['src/core/text/preview.ts', "import type { Message } from '../../model'"],
    ['demo/main.ts', "import 'vue-parley/style.css'; import { createChatKit } from 'vue-parley'"],
  ])('lets %s be', (path, text) => {
    expect(brokenLaws(tree({ ...model, [path]: text }))).toEqual([])
  })

  it('lets a unit be entered by its door only', () => {
    const sources = tree({
      ...model,
      'src/core/planted.ts': "import type { Message } from '../model/message'",
      'src/core/text/escape.ts': '',
      'src/core/outbox/planted.ts': "import { escapeText } from '../text/escape'",
    })
    expect(brokenLaws(sources)).toEqual([
      expect.stringContaining('src/model/message.ts is behind the door of src/model'),
      expect.stringContaining('src/core/text/escape.ts is behind the door of src/core/text'),
    ])
  })

  it('forbids a file its own door', () => {
    const sources = tree({
      ...model,
      'src/model/planted.ts': "import type { Message } from './index'; import type { Chat } from '.'",
    })
    expect(brokenLaws(sources)).toEqual([
      expect.stringContaining('imports its own door src/model/index.ts'),
      expect.stringContaining('imports its own door src/model/index.ts'),
    ])
  })

  it('opens the writers of the stores to ingest alone', () => {
    const writers = { 'src/stores/writers.ts': '', 'src/stores/index.ts': '' }
    const planted = "import { writers } from '../stores/writers'"
    expect(brokenLaws(tree({ ...writers, 'src/app/ingest.ts': planted }))).toEqual([])
    expect(
      brokenLaws(tree({ ...writers, 'src/app/dispatch.ts': planted, 'src/composables/x.ts': planted })),
    ).toEqual([
      expect.stringContaining('only app/ingest may import stores/writers'),
      expect.stringContaining('only app/ingest may import stores/writers'),
    ])
  })

  it('forbids what leads out of src, what is nowhere, and a folder that is no layer', () => {
    const sources = tree({
      'test/support/clock.ts': '',
      'src/core/a.ts': "import '../../test/support/clock'",
      'src/core/b.ts': "import './gone'",
      'src/utils/c.ts': "import './d'",
      'src/utils/d.ts': '',
    })
    expect(brokenLaws(sources)).toEqual([
      expect.stringContaining("src may not import 'test/support/clock.ts'"),
      expect.stringContaining("'./gone' is no file"),
      expect.stringContaining('is in no layer'),
    ])
  })
})

describe('the search for cycles', () => {
  it('finds a circle of type imports', () => {
    const sources = tree({
      'src/model/a.ts': "import type { B } from './b'",
      'src/model/b.ts': "export type B = import('./c').C",
      'src/model/c.ts': "export type { A as C } from './a'",
      'src/model/d.ts': "import './a'",
    })
    expect(importCycles(sources)).toEqual([['src/model/a.ts', 'src/model/b.ts', 'src/model/c.ts']])
  })

  it('finds a circle through a component', () => {
    const sources = tree({
      'src/components/Tree/Tree.vue': "<script setup lang='ts'>import { node } from './node'</script>",
      'src/components/Tree/node.ts': "import Tree from './Tree.vue'",
    })
    expect(importCycles(sources)).toHaveLength(1)
  })

  it('is content with files that share a neighbour', () => {
    const sources = tree({
      'src/model/a.ts': "import './b'; import './c'",
      'src/model/b.ts': "import './c'",
      'src/model/c.ts': '',
    })
    expect(importCycles(sources)).toEqual([])
  })
})
