import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { installPackages } from './debian'
import { createLookout } from './lookout'
import type { XmppServer } from './xmppServers'

/** What the foreign client tells. */
export interface ForeignNews {
  readonly event: 'ready' | 'joined' | 'message' | 'receipt' | 'displayed' | 'error'
  readonly id?: string
  readonly type?: string
  readonly sender?: string
  readonly body?: string
  /** The id of the message this one is put in place of. */
  readonly replaces?: string | null
  readonly room?: string
  readonly why?: string
}
/** What the foreign client can be told to do. */
export type ForeignOrder =
  | { readonly do: 'join'; readonly room: string; readonly nick: string }
  | {
      readonly do: 'send'
      readonly to: string
      readonly type: 'chat' | 'groupchat'
      readonly id: string
      readonly body: string
      readonly replaces?: string
    }
  | { readonly do: 'displayed'; readonly to: string; readonly id: string }
/** A person with a client that others have written (slixmpp). */
export interface ForeignClient {
  readonly id: string
  readonly news: readonly ForeignNews[]
  order(what: ForeignOrder): void
  until(what: (news: ForeignNews) => boolean, withinMs?: number): Promise<ForeignNews>
  close(): Promise<void>
}

const script = fileURLToPath(new URL('foreignClient.py', import.meta.url))
/** Debian's own, where its packages are; the first one of the path may be another. */
const PYTHON = '/usr/bin/python3'

/** Signs in over plain XMPP with the password the test servers give. */
export async function foreignClient(
  server: Pick<XmppServer, 'domain' | 'c2sPort'>,
  name: string,
): Promise<ForeignClient> {
  const isHere = () => spawnSync(PYTHON, ['-c', 'import slixmpp']).status === 0
  if (!isHere()) installPackages(['python3-slixmpp'])
  const id = `${name}@${server.domain}`
  const child = spawn(PYTHON, ['-u', script, `${id}/foreign`, name, String(server.c2sPort)])
  const news: ForeignNews[] = []
  let complaints = ''
  const lookout = createLookout(
    () => `${name} waits in vain; told: ${JSON.stringify(news.slice(-10))}\n${complaints}`,
  )
  child.stderr.on('data', (text) => (complaints += text))
  createInterface({ input: child.stdout }).on('line', (line) => {
    news.push(JSON.parse(line) as ForeignNews)
    lookout.look()
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const client: ForeignClient = {
    id,
    news,
    order: (what) => void child.stdin.write(`${JSON.stringify(what)}\n`),
    until: (what, withinMs = 30_000) => lookout.until(() => news.find(what), withinMs),
    async close() {
      child.kill('SIGKILL')
      await ended
    },
  }
  // Python reads half of its library before it says a word.
  await client.until(({ event }) => event === 'ready', 90_000)
  return client
}
