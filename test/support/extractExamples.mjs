// Writes every example in TypeScript of the README and the documentation pages to .cache/examples/<name>.ts, where the type
// check reads it: an example that does not compile is a defect. Each begins with `// example: <name>`.
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
  for (const [, code] of text.matchAll(/```(?:ts|typescript)\n([\s\S]*?)```/g)) {
    const name = /^\/\/ example: (\w+)\n/.exec(code)?.[1]
    if (name === undefined) throw new Error(`${page}: an example without a name:\n${code}`)
    writeFileSync(new URL(`${name}.ts`, target), code)
    count++
  }
}
if (count === 0) throw new Error(`no examples found in ${fileURLToPath(root)}`)
