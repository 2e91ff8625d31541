// Measures in a real browser what must not grow: `npm run bench -- --json FILE --only NAME`. Prints a table; a limit that is
// exceeded makes it end with 1.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build, preview } from 'vite'
import { openBrowsers } from './measuring/browsers.mjs'
import { ingest, open, transactions } from './measuring/cache.mjs'
import { list } from './measuring/list.mjs'
import { live } from './measuring/live.mjs'
import { burst, panel } from './measuring/panel.mjs'
import { contacts, members, profiles } from './measuring/people.mjs'
import { say } from './measuring/say.mjs'
import { text } from './measuring/text.mjs'
import { exitCodeOf, fileOf, judge, tableOf } from './verdict.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url))
const workDir = `${root}.cache/bench`
const profileDir = `${workDir}/profiles`

/** What can be asked for by `--only`: a name or how it begins. */
const benches = {
  ...{ ingest, open, profiles, cache: transactions, text },
  ...{ contacts, list, members, live, panel, burst },
}

async function main() {
  const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } })
  const { json, only } = values
  const names = Object.keys(benches).filter((name) => !only || name === only || only.startsWith(`${name}.`))
  if (names.length === 0) {
    say(`Nothing is called ${only}. There are: ${Object.keys(benches).join(', ')}`)
    return 1
  }
  rmSync(profileDir, { recursive: true, force: true })
  mkdirSync(workDir, { recursive: true })
  await build({ configFile, logLevel: 'warn' })
  const server = await preview({ configFile, logLevel: 'warn' })
  const browsers = openBrowsers(server.resolvedUrls?.local[0], profileDir)
  const measures = []
  try {
    for (const name of names) {
      say(`${name} ...`)
      measures.push(...(await benches[name](browsers)))
      await browsers.closeAll()
    }
  } finally {
    await browsers.closeAll()
    await server.close()
    rmSync(profileDir, { recursive: true, force: true })
  }
  const verdicts = judge(measures)
  for (const line of tableOf(verdicts)) say(line)
  if (json) writeFileSync(json, fileOf(measures))
  return exitCodeOf(verdicts)
}

process.exitCode = await main()
