// Writes every fenced block that begins with `// example: <name>` in the README and the documentation pages to
// .cache/examples/<name>.ts, where the type check reads it: an example that does not compile is a defect.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../../', import.meta.url)
const target = new URL('.cache/examples/', root)
const pages = [
  'README.md',
  ...readdirSync(new URL('stories/docs/', root))
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => `stories/docs/${name}`),
]

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
let count = 0
for (const page of pages) {
  const text = readFileSync(new URL(page, root), 'utf8')
  for (const [, code, name] of text.matchAll(/```ts\n(\/\/ example: (\w+)\n[\s\S]*?)```/g)) {
    writeFileSync(new URL(`${name}.ts`, target), code)
    count++
  }
}
if (count === 0) throw new Error(`no examples found in ${fileURLToPath(root)}`)
