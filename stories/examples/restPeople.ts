import type { HostedFacets } from 'vue-parley'
import { ChatError } from 'vue-parley/core'
import type { BatchResult, ChatErrorInit, Contact, FriendRequest, Profile } from 'vue-parley/core'

/** Where the app's own service is, and who calls. */
export interface RestPeopleOptions {
  readonly baseUrl: string
  readonly userId: string
  /** How often it is asked whether something changed. @default 2000 */
  readonly pollMs?: number
  /** @default the page's own */
  readonly fetch?: (request: Request) => Promise<Response>
}

const kindByStatus: Readonly<Record<number, ChatErrorInit['kind']>> = {
  400: 'invalid',
  401: 'signed-out',
  403: 'blocked',
  404: 'not-found',
  429: 'too-often',
}

/**
 * Users and friends from an app's own REST service, in place of the chat backend's:
 * `createChatKit({ transport, userId, ...restPeople({ baseUrl, userId }) })`.
 */
export function restPeople({
  baseUrl,
  userId,
  pollMs = 2_000,
  fetch: send = (request) => fetch(request),
}: RestPeopleOptions): Required<Pick<HostedFacets, 'profiles' | 'contacts'>> {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const request = new Request(`${baseUrl}/${path}`, {
      method,
      headers: { 'x-user': userId, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const response = await send(request).catch((cause: unknown) => {
      throw new ChatError({ code: 'no-network', kind: 'offline', retry: 'later', cause })
    })
    const answer = (await response.json()) as Answer & { code?: string; untilAt?: number }
    if (response.ok) return answer
    const { code = response.status, untilAt } = answer
    const kind = kindByStatus[response.status] ?? 'other'
    throw new ChatError({ code, kind, ...(untilAt !== undefined && { untilAt }) })
  }

  /** One call for each; what fails for one does not keep it from the others. */
  async function forEach(
    ids: readonly string[],
    work: (id: string) => Promise<unknown>,
  ): Promise<BatchResult> {
    const done: string[] = []
    const failed: BatchResult['failed'][number][] = []
    for (const id of ids) {
      await work(id).then(
        () => done.push(id),
        (error: ChatError) => failed.push({ id, error }),
      )
    }
    return { done, pending: [], failed }
  }

  const pathOf = (kind: string, id: string) => `${kind}/${encodeURIComponent(id)}`
  const contacts = async () => (await call<{ contacts: Contact[] }>('GET', 'contacts')).contacts
  const requests = async () => (await call<{ requests: FriendRequest[] }>('GET', 'requests')).requests
  const blocked = async () => (await call<{ userIds: string[] }>('GET', 'blocked')).userIds

  return {
    profiles: {
      batchSize: 50,
      pushes: 'none',
      async fetch(ids) {
        const query = new URLSearchParams(ids.map((id) => ['id', id]))
        const { users } = await call<{ users: Profile[] }>('GET', `users?${query}`)
        const found = new Set(users.map(({ id }) => id))
        return { found: users, missing: ids.filter((id) => !found.has(id)) }
      },
      async findUsers(text) {
        const query = new URLSearchParams({ text })
        return { items: (await call<{ users: Profile[] }>('GET', `search?${query}`)).users }
      },
    },
    contacts: {
      list: async () => ({ items: await contacts() }),
      requests: async () => ({ items: await requests() }),
      async ask(contact, wording, source) {
        const body = { userId: contact.userId, wording, source }
        const { outcome } = await call<{ outcome: 'added' | 'pending' }>('POST', 'requests', body)
        return outcome
      },
      answer: (id, verdict, remark) => call('POST', pathOf('requests', id), { verdict, remark }),
      markRequestsRead: () => call('PUT', 'requests'),
      remove: (ids) => forEach(ids, (id) => call('DELETE', pathOf('contacts', id))),
      update: ({ userId: id, ...patch }) => call('PATCH', pathOf('contacts', id), patch),
      blocked,
      setBlocked: (ids, isBlocked) =>
        forEach(ids, (id) => call(isBlocked ? 'PUT' : 'DELETE', pathOf('blocked', id))),
      subscribe(listener) {
        let known: number | undefined
        let timer: ReturnType<typeof setTimeout>
        let knownIds: readonly string[] = []
        let isOver = false

        /** A service without a push of its own: it says whether anything is new, and then what there is. */
        async function look(): Promise<void> {
          const { version } = await call<{ version: number }>('GET', 'version')
          if (version === known || isOver) return
          const [friends, asked, userIds] = await Promise.all([contacts(), requests(), blocked()])
          const ids = friends.map((contact) => contact.userId)
          const gone = knownIds.filter((id) => !ids.includes(id))
          if (isOver) return
          known = version
          knownIds = ids
          listener([
            {
              type: 'contact.changed',
              contacts: friends.map((contact) => ({ remark: null, folders: null, ...contact })),
            },
            { type: 'contact.removed', userIds: gone },
            { type: 'friendRequest.changed', requests: asked },
            { type: 'blocklist.changed', userIds },
          ])
        }
        function lookAgain(): void {
          look()
            // The service may be away for a while; what it then says makes up for it.
            .catch(() => {})
            .finally(() => {
              if (!isOver) timer = setTimeout(lookAgain, pollMs)
            })
        }
        lookAgain()
        return () => {
          isOver = true
          clearTimeout(timer)
        }
      },
    },
  }
}
