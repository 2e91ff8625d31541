import { ChatError } from 'vue-parley/core'
import type {
  BatchResult,
  Contact,
  ContactsFacet,
  Conversation,
  ConversationsFacet,
  FriendRequest,
  Group,
  GroupApplication,
  GroupsFacet,
  Listener,
  Member,
  Message,
  MessageRef,
  MessagesFacet,
  Page,
  Patch,
  Presence,
  PresenceFacet,
  Transport,
  TransportEvent,
  UserId,
  Verdict,
} from 'vue-parley/core'

/** Somebody's transport, and the way to tell it more than it hears by itself. */
interface Seat {
  readonly userId: UserId
  readonly inner: Transport
  tell(events: readonly TransportEvent[]): void
  readonly watched: Set<UserId>
}
type Fields = Record<string, unknown>

/**
 * Adds to the embedded transport what the contract has beyond it, kept in the memory of the test, so that every check of
 * the suite has something to run on.
 */
export function richBackend(): (transport: Transport, userId: UserId) => Transport {
  const seats = new Set<Seat>()
  const contacts = new Map<string, Contact>()
  const requests: (FriendRequest & { readonly ofId: UserId })[] = []
  const blocks = new Set<string>()
  const extras = new Map<string, Fields>()
  const groupPatches = new Map<string, Fields>()
  const memberPatches = new Map<string, Fields>()
  const bags = new Map<string, Record<string, string>>()
  const counters = new Map<string, Record<string, number>>()
  const applications: (GroupApplication & { readonly toId: UserId })[] = []
  const doors = new Map<string, UserId>()
  const barred = new Set<string>()
  const muted = new Map<string, number | 'forever'>()
  const pins = new Map<string, Message>()
  const extensions = new Map<string, Record<string, string>>()
  const readers = new Map<string, Set<UserId>>()
  let ids = 0

  const online = (userId: UserId) =>
    [...seats].filter((seat) => seat.userId === userId && seat.inner.session().state === 'online')
  const tell = (userId: UserId, events: readonly TransportEvent[]) =>
    online(userId).forEach((it) => it.tell(events))
  const fail = (kind: ChatError['kind']) => new ChatError({ code: `rich-${kind}`, kind })
  const presenceOf = (userId: UserId): Presence => ({
    userId,
    state: online(userId).length > 0 ? 'online' : 'offline',
  })
  const tellPresence = (userId: UserId) =>
    seats.forEach((seat) => {
      if (seat.watched.has(userId)) seat.tell([{ type: 'presence.changed', presences: [presenceOf(userId)] }])
    })

  return (inner, userId) => {
    const listeners = new Set<Listener>()
    const seat: Seat = {
      userId,
      inner,
      watched: new Set(),
      tell: (events) => [...listeners].forEach((hear) => hear(events)),
    }
    seats.add(seat)
    inner.subscribe((events) => {
      if (events.some(({ type }) => type === 'session.changed')) queueMicrotask(() => tellPresence(userId))
    })
    async function asked<T>(work: () => T | Promise<T>): Promise<T> {
      if (inner.session().state !== 'online') throw fail('signed-out')
      try {
        return await work()
      } catch (error) {
        throw error instanceof ChatError
          ? error
          : new ChatError({ code: 'rich', kind: 'invalid', cause: error })
      }
    }
    const each = async (list: readonly string[], work: (id: string) => unknown): Promise<BatchResult> => {
      const done: string[] = []
      const failed: BatchResult['failed'][number][] = []
      for (const id of new Set(list)) {
        try {
          await work(id)
          done.push(id)
        } catch (error) {
          failed.push({ id, error: error as ChatError })
        }
      }
      return { done, pending: [], failed }
    }
    const page = <T>(items: readonly T[]): Page<T> => ({ items })

    const friendTold = (of: UserId, id: UserId) => {
      const contact = { userId: id }
      contacts.set(`${of}/${id}`, contact)
      tell(of, [{ type: 'contact.changed', contacts: [contact] }])
    }
    const requestTold = (request: FriendRequest & { readonly ofId: UserId }) => {
      const { ofId, ...told } = request
      tell(ofId, [{ type: 'friendRequest.changed', requests: [told] }])
    }
    const contactsFacet: ContactsFacet = {
      list: () =>
        asked(() => page([...contacts].flatMap(([key, it]) => (key.startsWith(`${userId}/`) ? [it] : [])))),
      requests: () => asked(() => page(requests.filter(({ ofId }) => ofId === userId))),
      ask: (contact, wording) =>
        asked(async () => {
          const { userId: peerId } = contact
          if (peerId === userId || (await inner.profiles?.fetch([peerId]))?.missing.length !== 0)
            throw fail('not-found')
          const id = `r${(ids += 1)}`
          const shared = { id, state: 'pending', ...(wording !== undefined && { wording }) } as const
          for (const request of [
            { ...shared, ofId: peerId, userId, direction: 'in' },
            { ...shared, ofId: userId, userId: peerId, direction: 'out' },
          ] as const) {
            requests.push(request)
            requestTold(request)
          }
          return 'pending' as const
        }),
      answer: (requestId, verdict) =>
        asked(() => {
          const mine = requests.find(({ id, ofId }) => id === requestId && ofId === userId)
          if (!mine) throw fail('not-found')
          const state = verdict === 'refuse' ? 'refused' : 'accepted'
          for (const [i, request] of requests.entries()) {
            if (request.id !== requestId) continue
            const answered = { ...request, state } as const
            requests[i] = answered
            requestTold(answered)
          }
          if (verdict === 'refuse') return
          friendTold(userId, mine.userId)
          friendTold(mine.userId, userId)
        }),
      remove: (userIds) =>
        asked(() =>
          each(userIds, (id) => {
            if (!contacts.delete(`${userId}/${id}`)) throw fail('not-found')
            tell(userId, [{ type: 'contact.removed', userIds: [id] }])
          }),
        ),
      deleteRequest: (requestId) =>
        asked(() => {
          const at = requests.findIndex(({ id, ofId }) => id === requestId && ofId === userId)
          if (at >= 0) requests.splice(at, 1)
        }),
      markRequestsRead: () => asked(() => {}),
      update: (patch: Patch<Contact, 'userId'>) =>
        asked(() => {
          const key = `${userId}/${patch.userId}`
          const entries = Object.entries({ ...contacts.get(key), ...patch }).filter(
            ([, value]) => value !== null,
          )
          contacts.set(key, Object.fromEntries(entries) as unknown as Contact)
        }),
      setFolder: (name, userIds, from) =>
        asked(() => {
          for (const [key, contact] of contacts) {
            if (!key.startsWith(`${userId}/`)) continue
            const had = contact.folders ?? []
            const isIn = from === undefined ? userIds.includes(contact.userId) : had.includes(from)
            const folders = [...had.filter((it) => it !== name && it !== from), ...(isIn ? [name] : [])]
            contacts.set(key, { ...contact, folders })
          }
          return each(userIds, () => {})
        }),
      blocked: () =>
        asked(() =>
          [...blocks].flatMap((key) => (key.startsWith(`${userId}/`) ? [key.slice(userId.length + 1)] : [])),
        ),
      setBlocked: (userIds, isBlocked) =>
        asked(() =>
          each(userIds, (id) => {
            if (isBlocked) blocks.add(`${userId}/${id}`)
            else blocks.delete(`${userId}/${id}`)
          }),
        ),
    }

    const presence: PresenceFacet = {
      watch(userIds) {
        const wanted = Array.isArray(userIds) ? (userIds as readonly UserId[]) : []
        wanted.forEach((id) => seat.watched.add(id))
        queueMicrotask(
          () =>
            wanted.length > 0 && seat.tell([{ type: 'presence.changed', presences: wanted.map(presenceOf) }]),
        )
        return () => wanted.forEach((id) => seat.watched.delete(id))
      },
      setOwn: () => asked(() => {}),
    }

    const decorated = (conversation: Conversation): Conversation =>
      ({ ...conversation, ...extras.get(`${userId}/${conversation.id}`) }) as Conversation
    const setExtra = async (id: string, change: (old: Fields) => Fields) => {
      await inner.conversations.open({ id })
      extras.set(`${userId}/${id}`, change(extras.get(`${userId}/${id}`) ?? {}))
    }
    const listOf = (old: Fields, name: string): readonly string[] =>
      (old[name] as readonly string[] | undefined) ?? []
    const without = (list: readonly string[], name?: string) => list.filter((it) => it !== name)
    const conversations: ConversationsFacet = {
      ...inner.conversations,
      list: async (cursor) => {
        const { items, ...rest } = await inner.conversations.list(cursor)
        return { ...rest, items: items.map(decorated) }
      },
      setDraft: (id, draft) => asked(() => setExtra(id, (old) => ({ ...old, draft }))),
      setMark: (list, mark, isSet) =>
        asked(() =>
          each(list, (id) =>
            setExtra(id, (old) => ({
              ...old,
              marks: [...without(listOf(old, 'marks'), mark), ...(isSet ? [mark] : [])],
            })),
          ),
        ),
      folders: () =>
        asked(() => [
          ...new Set(
            [...extras].flatMap(([key, it]) => (key.startsWith(`${userId}/`) ? listOf(it, 'folders') : [])),
          ),
        ]),
      setFolder: (name, list, from) =>
        asked(async () => {
          for (const [key, old] of extras) {
            if (!key.startsWith(`${userId}/`)) continue
            const isMoved = from !== undefined && listOf(old, 'folders').includes(from)
            const kept = without(without(listOf(old, 'folders'), from), name)
            extras.set(key, { ...old, folders: isMoved ? [...kept, name] : kept })
          }
          return each(list, (id) =>
            setExtra(id, (old) => ({ ...old, folders: [...listOf(old, 'folders'), name] })),
          )
        }),
    }

    const keyOf = (ref: MessageRef) => ref.keys.find((key) => key.startsWith('client:')) ?? ref.keys[0] ?? ''
    const mutedUntil = (groupId: string) => muted.get(`${groupId}/${userId}`)
    const groupOfId = new Map<string, string>()
    const messages: MessagesFacet = {
      ...inner.messages,
      send: (message, onProgress) => {
        const task = { cancel: () => {} }
        const result = (async () => {
          const given = structuredClone(message)
          const conversation =
            inner.session().state === 'online'
              ? await inner.conversations.open({ id: given?.conversationId }).catch(() => undefined)
              : undefined
          const { groupId, peerId } = conversation ?? {}
          if (groupId !== undefined) groupOfId.set(given.conversationId, groupId)
          const until = groupId === undefined ? undefined : mutedUntil(groupId)
          if (until !== undefined) {
            throw new ChatError({
              code: 'muted',
              kind: 'muted',
              ...(until !== 'forever' && { untilAt: until }),
            })
          }
          if (groupId !== undefined && groupPatches.get(groupId)?.['state'] === 'dissolved')
            throw fail('not-found')
          if (peerId !== undefined && blocks.has(`${peerId}/${userId}`)) throw fail('blocked')
          const sending = inner.messages.send(given, onProgress)
          task.cancel = sending.cancel
          return sending.result
        })()
        return { result, cancel: () => task.cancel() }
      },
      setPinned: (ref, isPinned) =>
        asked(async () => {
          const found = await inner.messages.find(ref)
          if (typeof found === 'string') throw fail('not-found')
          if (isPinned) pins.set(keyOf(ref), found)
          else pins.delete(keyOf(ref))
        }),
      pinned: (id) => asked(() => [...pins.values()].filter(({ conversationId }) => conversationId === id)),
      setExtensions: (ref, set, deleted) =>
        asked(async () => {
          if (typeof (await inner.messages.find(ref)) === 'string') throw fail('not-found')
          const entries = Object.entries({ ...extensions.get(keyOf(ref)), ...set })
          extensions.set(keyOf(ref), Object.fromEntries(entries.filter(([key]) => !deleted.includes(key))))
          return { done: [...Object.keys(set), ...deleted], pending: [], failed: [] }
        }),
      fetchExtensions: (ref) => asked(() => extensions.get(keyOf(ref)) ?? {}),
      acknowledge: (refs) =>
        asked(() =>
          refs.forEach((ref) => readers.set(keyOf(ref), (readers.get(keyOf(ref)) ?? new Set()).add(userId))),
        ),
      readers: (ref, which) =>
        asked(() => page(which === 'read' ? [...(readers.get(keyOf(ref)) ?? [])] : [])),
    }

    const groups = inner.groups && richGroups(inner.groups)
    function richGroups(own: GroupsFacet): GroupsFacet {
      const shown = (group: Group): Group => ({ ...group, ...groupPatches.get(group.id) }) as Group
      const shownMember = (groupId: string, member: Member): Member =>
        ({ ...member, ...memberPatches.get(`${groupId}/${member.userId}`) }) as Member
      const everybody = async (groupId: string) =>
        (await own.members(groupId, {})).items.map((member) => shownMember(groupId, member))
      const lead = async (groupId: string) => {
        const me = (await everybody(groupId)).find((member) => member.userId === userId)
        if (me?.role === undefined || me.role === 'member') throw fail('forbidden')
      }
      const tellMembers = async (groupId: string, events: readonly TransportEvent[]) => {
        for (const member of await everybody(groupId)) tell(member.userId, events)
      }
      const putOut = async (groupId: string, id: string) => {
        const target = online(id)[0]
        if (!target || id === userId) throw fail('forbidden')
        await target.inner.groups?.quit(groupId)
      }
      const setRoles = (groupId: string, id: string, role: Member['role']) => {
        const key = `${groupId}/${id}`
        memberPatches.set(key, { ...memberPatches.get(key), role })
        return tellMembers(groupId, [{ type: 'member.changed', groupId, members: [{ userId: id, role }] }])
      }
      return {
        ...own,
        mutes: 'timed',
        list: async (cursor) => {
          const { items, ...rest } = await own.list(cursor)
          return { ...rest, items: items.map(shown) }
        },
        fetch: async (list) => {
          const found = (await own.fetch(list)).map(shown)
          return found.map((it) => ({
            ...it,
            isSaved: extras.get(`${userId}#${it.id}`)?.['isSaved'] === true,
          }))
        },
        members: async (groupId, query, cursor) => {
          const { items, ...rest } = await own.members(groupId, query, cursor)
          return { ...rest, items: items.map((member) => shownMember(groupId, member)) }
        },
        create: async (group, memberIds) => {
          const isClosed = group?.joining === 'approval'
          const made = await own.create(isClosed ? { ...group, joining: 'free' } : group, memberIds)
          if (isClosed) doors.set(made.group.id, userId)
          return made
        },
        join: (groupId, wording) =>
          asked(async () => {
            if (barred.has(`${groupId}/${userId}`)) throw fail('blocked')
            const ownerId = doors.get(groupId)
            if (ownerId === undefined) return own.join(groupId)
            const shared = { id: `a${(ids += 1)}`, toId: ownerId, groupId, userId } as const
            const application = { ...shared, kind: 'asks', state: 'pending' } as const
            applications.push(wording === undefined ? application : { ...application, wording })
            return 'pending'
          }),
        dissolve: (groupId) =>
          asked(async () => {
            await lead(groupId)
            groupPatches.set(groupId, { ...groupPatches.get(groupId), state: 'dissolved' })
            await tellMembers(groupId, [
              { type: 'group.changed', groups: [{ id: groupId, state: 'dissolved' }] },
            ])
          }),
        transfer: (groupId, toId) =>
          asked(async () => {
            await lead(groupId)
            await setRoles(groupId, userId, 'member')
            await setRoles(groupId, toId, 'owner')
          }),
        update: (patch) =>
          asked(async () => {
            await lead(patch.id)
            groupPatches.set(patch.id, { ...groupPatches.get(patch.id), ...patch })
            await tellMembers(patch.id, [{ type: 'group.changed', groups: [patch] }])
          }),
        setRole: (groupId, list, role) =>
          asked(async () => {
            await lead(groupId)
            return each(list, (id) => setRoles(groupId, id, role))
          }),
        setMuted: (groupId, list, until) =>
          asked(async () => {
            await lead(groupId)
            return each(list, (id) => {
              if (until === null) muted.delete(`${groupId}/${id}`)
              else muted.set(`${groupId}/${id}`, until)
              tell(id, [{ type: 'abilities.changed' }])
            })
          }),
        updateMember: (groupId, patch) =>
          asked(async () => {
            const key = `${groupId}/${patch.userId}`
            memberPatches.set(key, { ...memberPatches.get(key), ...patch })
            await tellMembers(groupId, [{ type: 'member.changed', groupId, members: [patch] }])
          }),
        kick: (groupId, list) =>
          asked(async () => {
            await lead(groupId)
            return each(list, (id) => putOut(groupId, id))
          }),
        setBanned: (groupId, list, until) =>
          asked(async () => {
            await lead(groupId)
            return each(list, async (id) => {
              if (until === null) return void barred.delete(`${groupId}/${id}`)
              barred.add(`${groupId}/${id}`)
              await putOut(groupId, id)
            })
          }),
        applications: () => asked(() => page(applications.filter(({ toId }) => toId === userId))),
        answer: (applicationId, verdict) =>
          asked(async () => {
            const at = applications.findIndex(({ id, toId }) => id === applicationId && toId === userId)
            const [application] = at < 0 ? [] : applications.splice(at, 1)
            if (!application) throw fail('not-found')
            if (verdict === 'accept')
              await online(application.userId)[0]?.inner.groups?.join(application.groupId)
          }),
        setSaved: (groupId, isSaved) => asked(() => void extras.set(`${userId}#${groupId}`, { isSaved })),
        onlineCount: (groupId) =>
          asked(async () => (await everybody(groupId)).filter((it) => online(it.userId).length > 0).length),
        readAttributes: (groupId) => asked(() => bags.get(groupId) ?? {}),
        writeAttributes: (groupId, set, deleted) =>
          asked(async () => {
            await lead(groupId)
            const entries = Object.entries({ ...bags.get(groupId), ...set })
            bags.set(groupId, Object.fromEntries(entries.filter(([key]) => !deleted.includes(key))))
          }),
        readCounters: (groupId) => asked(() => counters.get(groupId) ?? {}),
        writeCounter: (groupId, key, change) =>
          asked(async () => {
            await lead(groupId)
            const old = counters.get(groupId)?.[key] ?? 0
            const value = 'set' in change ? change.set : old + change.add
            counters.set(groupId, { ...counters.get(groupId), [key]: value })
            return value
          }),
        findGroups: (text) =>
          asked(async () => {
            const all = await Promise.all(
              [...seats].map(({ inner: its }) => its.groups?.list().catch(() => page<Group>([]))),
            )
            return page(all.flatMap((it) => it?.items ?? []).filter((it) => it.name === text))
          }),
      }
    }

    const profiles = inner.profiles && {
      ...inner.profiles,
      findUsers: (text: string) =>
        asked(async () => page((await inner.profiles?.fetch([text]))?.found ?? [])),
    }
    const facets = { contacts: contactsFacet, presence, conversations, messages, groups, profiles }
    const can = (...[ability, scope]: Parameters<Transport['can']>): Verdict => {
      const own = inner.can(ability, scope)
      if (inner.session().state !== 'online') return own
      const [facet = '', method = ''] = `${ability}`.split('.')
      const isAdded =
        Object.hasOwn(facets, facet) &&
        typeof (facets as unknown as Record<string, Fields>)[facet]?.[method] === 'function'
      const refusal = typeof own === 'object' ? own.kind : undefined
      // Its groups have rules of their own.
      const isOtherwise = ability.startsWith('groups.') && refusal === 'forbidden'
      const isJustAdded = isAdded && (refusal === 'unsupported' || isOtherwise)
      if (isJustAdded && scope?.part === undefined) return 'try'
      const groupId =
        scope?.groupId ??
        groupOfId.get(`${scope?.conversationId}`) ??
        `${scope?.conversationId}`.replace(/^group:/, '')
      if (ability === 'messages.send' && mutedUntil(groupId) !== undefined) return fail('muted')
      if (isAdded && ability.startsWith('groups.') && own === 'yes') return 'try'
      return own
    }
    return {
      ...inner,
      ...(profiles && { profiles }),
      contacts: contactsFacet,
      presence,
      conversations,
      messages,
      ...(groups && { groups }),
      can,
      subscribe(listener) {
        const own: Listener = (events) => listener(events)
        listeners.add(own)
        const stop = inner.subscribe(own)
        return () => {
          listeners.delete(own)
          stop()
        }
      },
      async disconnect() {
        await inner.disconnect()
        seat.watched.clear()
      },
    }
  }
}
