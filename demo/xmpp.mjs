// The demo on a real server: starts Prosody on loopback with people of its own, and serves the demo for it.
//   npm run demo:xmpp
//   npm run demo:xmpp -- --server ejabberd --port 4000
// Debian's packages are needed: demo/servers/run.mjs names them.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build, createServer, preview, runnerImport } from 'vite'
import { startServer, whyMissing } from './servers/run.mjs'

const { values } = parseArgs({
  options: { server: { type: 'string', default: 'prosody' }, port: { type: 'string', default: '5173' } },
})
const name = values.server
if (name !== 'prosody' && name !== 'ejabberd') throw new Error('Name a server: prosody or ejabberd')
const why = whyMissing(name)
if (why) throw new Error(`${why}: the head of demo/servers/run.mjs names Debian's packages`)

const running = await startServer({ server: name })
const { service, domain, data } = running
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, async () => {
    await running.stop()
    rmSync(data, { recursive: true, force: true })
    process.exit()
  })

const here = (/** @type {string} */ file) => fileURLToPath(new URL(file, import.meta.url))
const { module } = await runnerImport(here('vite.config.ts'))
const { demoConfig } = /** @type {any} */ (module)
const config = { ...demoConfig({ service, domain }), configFile: false, logLevel: 'warn' }
// The server is furnished through the kit's own transport, which is TypeScript.
const loader = await createServer({
  ...config,
  appType: 'custom',
  server: { middlewareMode: true, ws: false },
})
const { furnish } = await loader.ssrLoadModule(here('servers/furnish.ts'))
await furnish({ service, domain }, [
  { userId: 'alice', name: 'Alice' },
  { userId: 'bob', name: 'Bob' },
])
await loader.close()
await build(config)
const server = await preview({ ...config, preview: { ...config.preview, port: Number(values.port) } })
process.stdout.write(
  `${name} listens at ${service} for ${domain}; alice and bob have their names for passwords\n`,
)
server.printUrls()
