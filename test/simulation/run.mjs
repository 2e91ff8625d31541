// Plays seeds of the simulation: `npm run simulate -- --from 1 --count 100`. Node cannot read the sources, so they are
// bundled first. The last line is the total.
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'

const { values } = parseArgs({ options: { from: { type: 'string' }, count: { type: 'string' } } })
const numbers = [values.from ?? '1', values.count ?? '100'].map(Number)
if (!numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) {
  console.error('Give whole numbers: npm run simulate -- --from 1 --count 100')
  process.exit(1)
}
const root = fileURLToPath(new URL('../..', import.meta.url))
const outDir = `${root}.cache/simulation`
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: { ssr: 'test/simulation/main.ts', outDir, emptyOutDir: true, target: 'node20', minify: false },
})
const { simulate } = await import(pathToFileURL(`${outDir}/main.js`).href)
const { failed } = await simulate(...numbers)
process.exit(failed === 0 ? 0 : 1)
