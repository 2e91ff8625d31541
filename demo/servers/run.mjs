// Starts a real XMPP server on loopback ports, with all its data in one folder, until it is ended with Ctrl-C:
//   node demo/servers/run.mjs prosody
//   node demo/servers/run.mjs ejabberd --ws 5280 --c2s 5222 --data /tmp/chat --node one@localhost --cookie secret
// Debian's packages are needed: `prosody prosody-modules lua-dbi-sqlite3`, `ejabberd erlang-p1-sqlite3`.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const here = fileURLToPath(new URL('.', import.meta.url))
/** The domain of every server started here. */
const DOMAIN = 'parley.test'
/** The word of a node that no other one joins. */
const ALONE = 'parley'
const FIRST_PORT = 15_000
const PORT_COUNT = 17_000
const STARTS_WITHIN_MS = 60_000
const STOPS_WITHIN_MS = 20_000

/**
 * @typedef {object} ServerOptions
 * @property {'prosody' | 'ejabberd'} server
 * @property {string} [data] The folder of its data; a new temporary one when absent.
 * @property {number} [wsPort] The port of the WebSocket; a free one when absent.
 * @property {number} [c2sPort] The port for clients that speak plain XMPP; a free one when absent.
 * @property {string} [node] ejabberd: the name of the node in its cluster.
 * @property {string} [cookie] ejabberd: the word that the nodes of a cluster share; with it archives are kept where all
 *   nodes see them.
 * @property {number} [epmdPort] ejabberd: where the nodes find each other; a free one when absent.
 * @property {boolean} [isQuiet] Keeps what the server prints to itself.
 */
/**
 * @typedef {object} RunningServer
 * @property {string} service Where a client connects to.
 * @property {string} domain
 * @property {string} data
 * @property {number} wsPort
 * @property {number} c2sPort
 * @property {number} epmdPort
 * @property {string} node
 * @property {string} cookie
 * @property {() => string} output What the server has printed.
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop SIGTERM when absent; resolves when it is gone.
 * @property {Promise<void>} ended
 */

/**
 * Starts a server and waits until it listens.
 *
 * @param {ServerOptions} options
 * @returns {Promise<RunningServer>}
 */
export async function startServer(options) {
  const { server, isQuiet = true } = options
  const data = options.data ?? mkdtempSync(join(tmpdir(), `parley-${server}-`))
  mkdirSync(data, { recursive: true })
  const wsPort = options.wsPort ?? (await freePort())
  const c2sPort = options.c2sPort ?? (await freePort())
  const epmdPort = server === 'ejabberd' ? (options.epmdPort ?? (await freePort())) : 0
  const { node = `parley${wsPort}@localhost`, cookie = ALONE } = options
  const given = { data, wsPort, c2sPort, epmdPort, node, cookie }
  const recipe = server === 'prosody' ? prosody(given) : ejabberd(given)
  const stdio = isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit']
  const helpers = recipe.before ? await recipe.before() : []
  const child = spawn(...asUser(recipe.user, data, recipe.command), {
    cwd: data,
    env: { ...process.env, ...recipe.env },
    stdio: /** @type {any} */ (stdio),
  })
  let printed = ''
  child.stdout?.on('data', (text) => (printed += text))
  child.stderr?.on('data', (text) => (printed += text))
  let isGone = false
  const ended = new Promise((resolve) => {
    const end = () => {
      isGone = true
      // A name service that is about to go must not be taken for one that is there.
      void Promise.all(helpers.map(endHelper)).then(resolve)
    }
    child.once('exit', end)
    child.once('error', (error) => {
      printed += String(error)
      end()
    })
  })
  const killAtExit = () => {
    child.kill('SIGKILL')
    helpers.forEach((helper) => helper.kill('SIGKILL'))
  }
  process.once('exit', killAtExit)
  void ended.then(() => process.removeListener('exit', killAtExit))

  async function stop(signal = /** @type {NodeJS.Signals} */ ('SIGTERM')) {
    child.kill(signal)
    const limit = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS)
    await ended
    clearTimeout(limit)
  }

  const until = Date.now() + STARTS_WITHIN_MS
  for (const port of [wsPort, c2sPort]) {
    while (!(await isListening(port))) {
      if (isGone) throw new Error(`${server} ended at once:\n${printed}`)
      if (Date.now() > until) {
        await stop('SIGKILL')
        throw new Error(`${server} does not listen on port ${port}:\n${printed}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return {
    ...given,
    domain: DOMAIN,
    service: `ws://127.0.0.1:${wsPort}${recipe.path}`,
    output: () => printed,
    stop,
    ended: /** @type {Promise<void>} */ (ended),
  }
}

function endHelper(/** @type {import('node:child_process').ChildProcess} */ helper) {
  return new Promise((resolve) => {
    if (helper.exitCode !== null || helper.signalCode !== null) return resolve(undefined)
    helper.once('exit', resolve)
    helper.kill('SIGKILL')
  })
}

/** Why a server cannot be started on this machine; undefined where it can. */
export function whyMissing(/** @type {'prosody' | 'ejabberd'} */ server) {
  if (server === 'prosody') {
    const isHere = existsSync('/usr/bin/prosody') && existsSync('/usr/lib/prosody')
    return isHere ? undefined : 'Prosody is not installed'
  }
  return existsSync('/usr/bin/erl') && erlangLibraries() ? undefined : 'ejabberd is not installed'
}

/** The command that reaches a running Prosody with its own tool. */
export function prosodyctl(/** @type {{ data: string, wsPort: number, c2sPort: number }} */ given) {
  const { env, user } = prosody(given)
  const command = ['prosodyctl', '--config', join(here, 'prosody.cfg.lua')]
  return { command: asUser(user, given.data, command), env: { ...process.env, ...env } }
}

/** The command that reaches a running node of ejabberd with its own tool. */
export function ejabberdctl(/** @type {any} */ given) {
  const { env, user } = ejabberd(given)
  const name = `ctl${process.pid}@localhost`
  const erl = ['erl', '-sname', name, ...NO_SPIN, ...ERLANG_ALONE, '-hidden', '-noinput']
  const command = [...erl, '-s', 'ejabberd_ctl']
  return {
    // Whoever asks sets the limit: a node that joins another begins anew meanwhile, which may take its time.
    command: asUser(user, given.data, [...command, '-extra', given.node, '--no-timeout']),
    env: { ...process.env, ...env },
  }
}

function prosody(/** @type {any} */ { data, wsPort, c2sPort }) {
  return {
    user: 'prosody',
    path: '/xmpp-websocket',
    command: ['prosody', '-F', '--config', join(here, 'prosody.cfg.lua')],
    env: {
      PARLEY_DATA: data,
      PARLEY_WS_PORT: String(wsPort),
      PARLEY_C2S_PORT: String(c2sPort),
      PARLEY_DOMAIN: DOMAIN,
    },
  }
}

// Threads of Erlang that have nothing to do look for work a while before they sleep, and give way at each look: on a
// machine whose processors are all busy every look costs a turn of the scheduler, and a start takes half a minute.
const NO_SPIN = ['+sbwt', 'none', '+sbwtdcpu', 'none', '+sbwtdio', 'none']

// Nodes talk over loopback alone; the name service is started here, not by Erlang on all interfaces.
const ERLANG_ALONE = ['-start_epmd', 'false', '-kernel', 'inet_dist_use_interface', '{127,0,0,1}']

function ejabberd(/** @type {any} */ { data, wsPort, c2sPort, epmdPort, node, cookie }) {
  const config = join(data, 'ejabberd.yml')
  const env = {
    HOME: data,
    ERL_LIBS: erlangLibraries() ?? '',
    EJABBERD_CONFIG_PATH: config,
    EJABBERD_LOG_PATH: join(data, 'ejabberd.log'),
    ERL_CRASH_DUMP: join(data, 'crash.dump'),
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ...(existsSync('/etc/ejabberd/inetrc') && { ERL_INETRC: '/etc/ejabberd/inetrc' }),
  }
  return {
    user: 'ejabberd',
    path: '/ws',
    env,
    command: [
      ...['erl', '-sname', node, '+Bi', '+P', '250000', ...NO_SPIN, ...ERLANG_ALONE],
      ...['-mnesia', 'dir', `"${join(data, 'db')}"`, '-s', 'ejabberd', '-noinput'],
    ],
    async before() {
      mkdirSync(join(data, 'upload'), { recursive: true })
      mkdirSync(join(data, 'db'), { recursive: true })
      const values = {
        WS_PORT: wsPort,
        C2S_PORT: c2sPort,
        DATA_FOLDER: data,
        XMPP_DOMAIN: DOMAIN,
        ACCOUNT_STORE: cookie === ALONE ? 'sql' : 'internal',
        MODULE_STORE: cookie === ALONE ? 'sql' : 'mnesia',
      }
      const template = readFileSync(join(here, 'ejabberd.yml'), 'utf8')
      writeFileSync(
        config,
        Object.entries(values).reduce(
          (text, [name, value]) => text.replaceAll(name, String(value)),
          template,
        ),
      )
      const cookieFile = join(data, '.erlang.cookie')
      if (!existsSync(cookieFile)) {
        writeFileSync(cookieFile, cookie)
        chmodSync(cookieFile, 0o400)
      }
      if (await isListening(epmdPort)) return []
      const epmd = spawn(...withUs(['epmd', '-port', String(epmdPort), '-address', '127.0.0.1']), {
        env: { ...process.env, ...env },
        stdio: 'ignore',
      })
      while (!(await isListening(epmdPort))) {
        if (epmd.exitCode !== null) throw new Error(`epmd does not listen on port ${epmdPort}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      return [epmd]
    },
  }
}

/** The folder in which Debian keeps ejabberd and what it stands on. */
function erlangLibraries() {
  const folders = readdirSync('/usr/lib').filter((name) => name.endsWith('-linux-gnu'))
  return folders
    .map((name) => join('/usr/lib', name))
    .find((folder) => readdirSync(folder).some((name) => name.startsWith('ejabberd-')))
}

/** Servers do not run as root: they get the folder and their own user. */
function asUser(
  /** @type {string} */ user,
  /** @type {string} */ data,
  /** @type {string[]} */ command,
) /** @type {[string, string[]]} */ {
  const [program = '', ...rest] = command
  if (process.getuid?.() !== 0) return withUs([program, ...rest])
  giveTo(user, data)
  // Whoever is killed takes the server along.
  return withUs([program, ...rest], [`--reuid=${user}`, `--regid=${user}`, '--init-groups'])
}

/** Whoever is killed takes what it started along. */
function withUs(/** @type {string[]} */ command, /** @type {string[]} */ as = []) {
  return /** @type {[string, string[]]} */ (['setpriv', [...as, '--pdeathsig=KILL', ...command]])
}

function giveTo(/** @type {string} */ user, /** @type {string} */ folder) {
  const id = (/** @type {string} */ flag) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  const [uid, gid] = [id('-u'), id('-g')]
  const give = (/** @type {string} */ path) => chownSync(path, uid, gid)
  give(folder)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    try {
      give(join(folder, name))
    } catch {
      // The server has taken it away in the meantime.
    }
  }
}

/**
 * A port of this machine that nobody listens on, below those that the machine gives to connections that go out: one of
 * them could take it while a server that was killed is not back yet.
 */
async function freePort() {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORT_COUNT)
    if (await canBind(port)) return port
  }
}

function canBind(/** @type {number} */ port) {
  return /** @type {Promise<boolean>} */ (
    new Promise((resolve) => {
      const probe = createServer()
      probe.once('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
  )
}

function isListening(/** @type {number} */ port) {
  return /** @type {Promise<boolean>} */ (
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1')
      const answer = (/** @type {boolean} */ is) => () => {
        socket.destroy()
        resolve(is)
      }
      socket.once('connect', answer(true))
      socket.once('error', answer(false))
    })
  )
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ws: { type: 'string' },
      c2s: { type: 'string' },
      data: { type: 'string' },
      node: { type: 'string' },
      cookie: { type: 'string' },
      epmd: { type: 'string' },
    },
  })
  const [server] = positionals
  if (server !== 'prosody' && server !== 'ejabberd') throw new Error('Name a server: prosody or ejabberd')
  const why = whyMissing(server)
  if (why) throw new Error(`${why}: the head of this file names Debian's packages`)
  /** @type {RunningServer | undefined} */
  let running
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => (running ? void running.stop() : process.exit(1)))
  }
  running = await startServer({
    server,
    isQuiet: false,
    wsPort: Number(values.ws ?? 5280),
    c2sPort: Number(values.c2s ?? 5222),
    ...(values.data !== undefined && { data: values.data }),
    ...(values.node !== undefined && { node: values.node }),
    ...(values.cookie !== undefined && { cookie: values.cookie }),
    ...(values.epmd !== undefined && { epmdPort: Number(values.epmd) }),
  })
  process.stdout.write(
    `${server} listens at ${running.service} for ${running.domain}; data in ${running.data}\n`,
  )
  await running.ended
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await main()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}
