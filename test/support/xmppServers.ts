import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ejabberdctl, prosodyctl, startServer, whyMissing } from '../../demo/servers/run.mjs'
import type { RunningServer, ServerOptions } from '../../demo/servers/run.mjs'
import { installPackages } from './debian'

export type XmppServerName = 'prosody' | 'ejabberd'
export const xmppServerNames: readonly XmppServerName[] = ['prosody', 'ejabberd']

/** A real server of its own for one test file. */
export interface XmppServer {
  readonly name: XmppServerName
  /** Where a client connects to. */
  readonly service: string
  readonly domain: string
  readonly c2sPort: number
  /** Where the nodes of a cluster find each other. */
  readonly epmdPort: number
  /** The component that holds the rooms. */
  readonly roomsDomain: string
  /** Makes accounts, the password of each being its own name. */
  register(...names: readonly string[]): Promise<void>
  /** Does one of the server's own commands: `ejabberdctl` arguments, or a line of Prosody's shell. */
  command(...words: readonly string[]): Promise<string>
  /** Ends the server without a word and starts it again, on the same ports and data. */
  killAndRestart(waitMs?: number): Promise<void>
  kill(): Promise<void>
  restart(): Promise<void>
  /** Ends it and forgets its data. */
  close(): Promise<void>
}

const PACKAGES = {
  prosody: ['prosody', 'prosody-modules', 'lua-dbi-sqlite3'],
  ejabberd: ['ejabberd', 'erlang-p1-sqlite3'],
}

/** A tool of a server may find it busy for that long. */
const REACHED_WITHIN_MS = 60_000
/** A node that joins another begins its database anew, or hangs. */
const ANSWERS_WITHIN_MS = 45_000
const MOST_STARTS = 3

/** Starts a server on free ports with new data. */
export async function startXmppServer(
  name: XmppServerName,
  more: { readonly node?: string; readonly cookie?: string; readonly epmdPort?: number } = {},
): Promise<XmppServer> {
  install(name)
  let running = await startOnFreePorts(name, more)
  const { data, wsPort, c2sPort, epmdPort, node, cookie } = running
  const again = { server: name, data, wsPort, c2sPort, epmdPort, node, cookie }
  const server: XmppServer = {
    name,
    service: running.service,
    domain: running.domain,
    c2sPort,
    epmdPort,
    roomsDomain: `rooms.${running.domain}`,
    async register(...names) {
      if (name === 'prosody') await registerAtProsody(running, names)
      else for (const user of names) await registerAtEjabberd(running, user)
    },
    command: (...words) =>
      name === 'prosody'
        ? shell(running, [words.join(' ')])
        : untilReached(running, () => run(ejabberdctl(running), words), /nodedown/),
    async killAndRestart(waitMs = 0) {
      await server.kill()
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      await server.restart()
    },
    kill: () => running.stop('SIGKILL'),
    async restart() {
      running = await startServer(again)
    },
    async close() {
      await running.stop('SIGKILL')
      rmSync(data, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return server
}

/** Between being found free and being used a port may be taken: then all begins anew, with other ports and other data. */
async function startOnFreePorts(
  name: XmppServerName,
  more: Pick<ServerOptions, 'node' | 'cookie' | 'epmdPort'>,
): Promise<RunningServer> {
  for (let starts = 1; ; starts++) {
    const data = newFolder(name)
    try {
      const running = await startServer({ server: name, data, ...more })
      // Another server's port answers as well as one's own.
      if (!/address already in use|eaddrinuse/i.test(running.output())) return running
      await running.stop('SIGKILL')
      throw new Error(`${name} does not get its port:\n${running.output()}`)
    } catch (error) {
      rmSync(data, { recursive: true, force: true, maxRetries: 5 })
      if (starts === MOST_STARTS) throw error
    }
  }
}

/** In memory where the machine has such a place: a database waits for the disk at every message. */
function newFolder(name: XmppServerName): string {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  return mkdtempSync(join(parent, `parley-${name}-`))
}

function install(name: XmppServerName): void {
  if (whyMissing(name) === undefined) return
  installPackages(PACKAGES[name])
  const why = whyMissing(name)
  if (why !== undefined) throw new Error(`${why}, though its packages are: ${PACKAGES[name].join(' ')}`)
}

async function registerAtProsody(running: RunningServer, names: readonly string[]): Promise<void> {
  const lines = names.map((user) => `user:create("${user}@${running.domain}", "${user}")`)
  const output = await shell(running, lines)
  const made = output.split('\n').filter((line) => line.includes('User created')).length
  if (made !== names.length) throw new Error(`Prosody made ${made} of ${names.length} users:\n${output}`)
}

async function registerAtEjabberd(running: RunningServer, user: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${running.wsPort}/api/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user, host: running.domain, password: user }),
  })
  if (!response.ok) throw new Error(`ejabberd does not make ${user}: ${await response.text()}`)
}

async function shell(running: RunningServer, lines: readonly string[]): Promise<string> {
  return untilReached(running, () => run(prosodyctl(running), ['shell'], `${lines.join('\n')}\n`), /./)
}

/** A server listens to its own tool a moment after its ports are open; one that has ended never will. */
async function untilReached(
  running: RunningServer,
  ask: () => Promise<string>,
  isNotYet: RegExp,
): Promise<string> {
  let isGone = false
  void running.ended.then(() => (isGone = true))
  const until = Date.now() + REACHED_WITHIN_MS
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (isGone || Date.now() > until || !isNotYet.test(String(error))) {
        const state = isGone ? 'has ended' : 'does not answer'
        throw new Error(`The server ${state}; it printed:\n${running.output()}`, { cause: error })
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

interface Tool {
  readonly command: readonly [string, readonly string[]]
  readonly env: NodeJS.ProcessEnv
}

function run({ command, env }: Tool, words: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const [program, first] = command
    const child = spawn(program, [...first, ...words], { env, cwd: '/' })
    let output = ''
    child.stdout.on('data', (text) => (output += text))
    child.stderr.on('data', (text) => (output += text))
    child.once('error', reject)
    const limit = setTimeout(() => child.kill('SIGKILL'), ANSWERS_WITHIN_MS)
    child.once('close', (code) => {
      clearTimeout(limit)
      if (code === 0) resolve(output)
      else reject(new Error(output || `${words.join(' ')}: ${code === null ? 'no answer' : `code ${code}`}`))
    })
    child.stdin.end(input)
  })
}
