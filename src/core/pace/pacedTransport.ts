import { isChatError } from '../../model'
import type { Task } from '../../model'
import type { Ability, Clock, Facets, Transport } from '../ports'
import { createPacer } from './pacer'
import type { Pacer } from './pacer'

const FACETS: readonly (keyof Facets)[] = [
  'messages',
  'conversations',
  'profiles',
  'groups',
  'contacts',
  'presence',
  'files',
]
/** These answer with a task, which can be called back while it waits. */
const TASKS: readonly string[] = ['messages.send', 'files.upload'] satisfies readonly Ability[]
/** These answer at once or not at all, so they cannot wait. */
const IMMEDIATE: readonly string[] = ['messages.setTyping', 'presence.watch'] satisfies readonly Ability[]
/** Of these, the same question twice at a time needs one answer. */
const READS: readonly string[] = [
  'messages.history',
  'messages.fetchReactions',
  'messages.fetchExtensions',
  'messages.fetchReceipts',
  'messages.pinned',
  'conversations.list',
  'conversations.folders',
  'profiles.fetch',
  'groups.list',
  'groups.fetch',
  'groups.members',
  'groups.applications',
  'groups.onlineCount',
  'groups.readAttributes',
  'groups.readCounters',
  'contacts.list',
  'contacts.requests',
  'contacts.blocked',
] satisfies readonly Ability[]

type Method = (...args: readonly unknown[]) => unknown

/**
 * The transport with its rates obeyed (I9): a paced call waits for its turn, the same read asked twice is one, and a
 * backend that says until when it wants no more is left alone until then. What no rule names passes untouched.
 */
export function pacedTransport(transport: Transport, clock: Clock): Transport {
  const { rates = [] } = transport
  if (rates.length === 0) return transport
  const pacer = createPacer({ clock, rules: rates })
  const facets = new Map<PropertyKey, unknown>()
  for (const name of FACETS) {
    const facet = transport[name]
    if (facet)
      facets.set(
        name,
        around(facet, (method, value) => paced(pacer, `${name}.${method}`, value)),
      )
  }
  const disconnect = async (): Promise<void> => {
    pacer.stop()
    await transport.disconnect()
  }
  const outer = around(transport, (method, value) => (method === 'disconnect' ? disconnect : value))
  return new Proxy(outer, {
    get: (target, key) => facets.get(key) ?? Reflect.get(target, key),
  })
}

/** The same object with methods that know their owner, whoever calls them, each changed by `change`. */
function around<T extends object>(owner: T, change: (name: string, value: Method) => Method): T {
  const made = new Map<PropertyKey, { readonly of: unknown; readonly method: Method }>()
  // Not around the owner itself, whose properties may be frozen and could then not be changed.
  return new Proxy(Object.create(owner) as T, {
    get(_, key) {
      const value: unknown = Reflect.get(owner, key, owner)
      if (typeof value !== 'function' || typeof key !== 'string') return value
      const known = made.get(key)
      if (known?.of === value) return known.method
      const method = change(key, (...args) => Reflect.apply(value, owner, args) as unknown)
      made.set(key, { of: value, method })
      return method
    },
  })
}

function paced(pacer: Pacer, name: string, call: Method): Method {
  if (!pacer.isPaced(name) || IMMEDIATE.includes(name) || name.endsWith('.subscribe')) return call
  const heeding = async (work: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await work()
    } catch (thrown) {
      if (isChatError(thrown) && thrown.kind === 'too-often' && thrown.untilAt !== undefined)
        pacer.holdUntil(name, thrown.untilAt)
      throw thrown
    }
  }
  if (TASKS.includes(name)) return (...args) => pacedTask(pacer, name, heeding, () => call(...args))
  const run: Method = (...args) => pacer.run(name, () => heeding(async () => call(...args)))
  if (!READS.includes(name)) return run
  return (...args) => pacer.share(`${name} ${JSON.stringify(args)}`, () => run(...args) as Promise<unknown>)
}

function pacedTask(
  pacer: Pacer,
  name: string,
  heeding: (work: () => Promise<unknown>) => Promise<unknown>,
  begin: () => unknown,
): Task<unknown> {
  let task: Task<unknown> | undefined
  const turn = pacer.enter(name, () =>
    heeding(() => {
      task = begin() as Task<unknown>
      return task.result
    }),
  )
  return { result: turn.result, cancel: () => (task ? task.cancel() : turn.cancel()) }
}
