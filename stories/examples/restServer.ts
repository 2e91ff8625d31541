import { friendRequestVerdict } from 'vue-parley/core'
import type { Contact, FriendRequest, Profile } from 'vue-parley/core'

/** One person of the app's own. */
interface Account {
  readonly profile: Profile
  readonly contacts: Map<string, Contact>
  readonly requests: Map<string, FriendRequest>
  readonly blocked: Set<string>
  /** Grows with everything that changes for this person. */
  version: number
}
interface Call {
  readonly me: Account
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
}

/** An answer that is no success. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly untilAt?: number,
  ) {
    super(code)
  }
}

const noSuch = () => new Refusal(404, 'not-found')

/**
 * A plain REST service for users, friends and requests, as an app may have one already. It knows nothing of chat. Whoever calls
 * says so in the header `x-user`; a real one would look at a session.
 */
export function createRestService(
  profiles: readonly Profile[],
  now: () => number = Date.now,
): { handle(request: Request): Promise<Response> } {
  const accounts = new Map<string, Account>(
    profiles.map((profile) => [
      profile.id,
      { profile, contacts: new Map(), requests: new Map(), blocked: new Set(), version: 0 },
    ]),
  )

  function account(id: string | undefined): Account {
    const found = accounts.get(id ?? '')
    if (!found) throw noSuch()
    return found
  }
  function befriend(one: Account, other: Account, contact: Partial<Contact> = {}): void {
    one.contacts.set(other.profile.id, { ...contact, userId: other.profile.id })
    one.version++
  }
  function put(owner: Account, request: FriendRequest): void {
    owner.requests.set(request.id, request)
    owner.version++
  }

  function ask({ me, body }: Call): unknown {
    const peer = account(text(body['userId']))
    const wording = text(body['wording'])
    const source = text(body['source'])
    if (me.contacts.has(peer.profile.id)) return { outcome: 'added' }
    if (peer.blocked.has(me.profile.id)) throw new Refusal(403, 'blocked')
    const id = `${me.profile.id}-${peer.profile.id}`
    const before = me.requests.get(id)
    const verdict = friendRequestVerdict(
      before && { state: before.state, ...(before.at !== undefined && { askedAt: before.at }) },
      now(),
    )
    if (!verdict.mayAsk) throw new Refusal(429, `request-${verdict.because}`, verdict.untilAt)
    const request = {
      id,
      state: 'pending',
      at: now(),
      ...(wording && { wording }),
      ...(source && { source }),
    } as const
    put(me, { ...request, userId: peer.profile.id, direction: 'out', isRead: true })
    put(peer, { ...request, userId: me.profile.id, direction: 'in', isRead: false })
    return { outcome: 'pending' }
  }

  function answer({ me, path, body }: Call): unknown {
    const request = me.requests.get(path[1] ?? '')
    if (request?.direction !== 'in') throw noSuch()
    const peer = account(request.userId)
    const isYes = body['verdict'] !== 'refuse'
    const state = isYes ? 'accepted' : 'refused'
    put(me, { ...request, state, isRead: true })
    const theirs = peer.requests.get(request.id)
    if (theirs) put(peer, { ...theirs, state })
    if (isYes) befriend(peer, me)
    const remark = text(body['remark'])
    if (body['verdict'] === 'accept-and-add') befriend(me, peer, remark ? { remark } : {})
    return {}
  }

  function update({ me, path, body }: Call): unknown {
    const known = me.contacts.get(path[1] ?? '')
    if (!known) throw noSuch()
    const remark = body['remark'] === undefined ? known.remark : text(body['remark'])
    const folders = Array.isArray(body['folders']) ? body['folders'].map(String) : known.folders
    me.contacts.set(known.userId, {
      userId: known.userId,
      ...(remark && { remark }),
      ...(folders && { folders }),
    })
    me.version++
    return {}
  }

  function remove({ me, path }: Call): unknown {
    const peer = account(path[1])
    if (!me.contacts.delete(peer.profile.id)) throw noSuch()
    peer.contacts.delete(me.profile.id)
    me.version++
    peer.version++
    return {}
  }

  function setBlocked({ me, path }: Call, isBlocked: boolean): unknown {
    const { id } = account(path[1]).profile
    if (isBlocked) me.blocked.add(id)
    else me.blocked.delete(id)
    me.version++
    return {}
  }

  const routes: Readonly<Record<string, (call: Call) => unknown>> = {
    'GET users': ({ query }) => {
      const ids = query.getAll('id')
      return { users: ids.flatMap((id) => accounts.get(id)?.profile ?? []) }
    },
    'GET search': ({ me, query }) => {
      const wanted = (query.get('text') ?? '').toLowerCase()
      return {
        users: [...accounts.values()]
          .map(({ profile }) => profile)
          .filter(
            ({ id, name = '' }) => id !== me.profile.id && `${id} ${name}`.toLowerCase().includes(wanted),
          ),
      }
    },
    'GET contacts': ({ me }) => ({ contacts: [...me.contacts.values()] }),
    'PATCH contacts': update,
    'DELETE contacts': remove,
    'GET requests': ({ me }) => ({ requests: [...me.requests.values()] }),
    'POST requests': (call) => (call.path.length > 1 ? answer(call) : ask(call)),
    'PUT requests': ({ me }) => {
      for (const request of me.requests.values()) put(me, { ...request, isRead: true })
      return {}
    },
    'GET blocked': ({ me }) => ({ userIds: [...me.blocked] }),
    'PUT blocked': (call) => setBlocked(call, true),
    'DELETE blocked': (call) => setBlocked(call, false),
    'GET version': ({ me }) => ({ version: me.version }),
  }

  return {
    async handle(request) {
      const { pathname, searchParams } = new URL(request.url)
      const path = pathname.split('/').filter(Boolean).map(decodeURIComponent)
      try {
        const me = account(request.headers.get('x-user') ?? undefined)
        const route = routes[`${request.method} ${path[0]}`]
        if (!route) throw noSuch()
        const sent = await request.text()
        const body = sent === '' ? {} : (JSON.parse(sent) as Call['body'])
        return Response.json(route({ me, path, query: searchParams, body }))
      } catch (thrown) {
        const { status, code, untilAt } = thrown instanceof Refusal ? thrown : new Refusal(400, 'invalid')
        return Response.json({ code, untilAt }, { status })
      }
    },
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
