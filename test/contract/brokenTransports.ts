import type {
  HistoryPage,
  Message,
  MessagesFacet,
  OutgoingMessage,
  Transport,
  TransportEvent,
} from 'vue-parley/core'

/** A transport with one thing wrong, and the check that has to notice. */
export interface Breakage {
  readonly about: string
  readonly breakIt: (transport: Transport) => Transport
  /** The topic to run. */
  readonly topic: RegExp
  /** A check of that topic that fails. */
  readonly noticedBy: RegExp
}

function withMessages(transport: Transport, messages: Partial<MessagesFacet>): Transport {
  return { ...transport, messages: { ...transport.messages, ...messages } }
}

/** Changes what is told before it is told. */
function telling(
  transport: Transport,
  change: (events: readonly TransportEvent[]) => readonly TransportEvent[] | undefined,
): Transport {
  return {
    ...transport,
    subscribe: (listener) =>
      transport.subscribe((events) => {
        const told = change(events)
        if (told) listener(told)
      }),
  }
}

/** Changes every message that is told. */
function tellingMessages(transport: Transport, change: (message: Message) => Message | undefined): Transport {
  return telling(transport, (events) => {
    const told = events.flatMap((event): readonly TransportEvent[] => {
      if (event.type !== 'message.received') return [event]
      const messages = event.messages.flatMap((message) => change(message) ?? [])
      return messages.length > 0 ? [{ ...event, messages }] : []
    })
    return told.length > 0 ? told : undefined
  })
}

/** Changes every page that is read. */
function paging(transport: Transport, change: (page: HistoryPage) => HistoryPage): Transport {
  return withMessages(transport, {
    history: async (request) => change(await transport.messages.history(request)),
  })
}

/** Changes every message before it is sent. */
function sending(transport: Transport, change: (message: OutgoingMessage) => OutgoingMessage): Transport {
  return withMessages(transport, {
    send: (message, onProgress) => transport.messages.send(change(message), onProgress),
  })
}

function withText<M extends Pick<Message, 'parts'>>(message: M, change: (text: string) => string): M {
  const parts = message.parts.map((part) =>
    part.kind === 'text' ? { ...part, text: change(part.text) } : part,
  )
  return { ...message, parts }
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const unescape = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Those of every instance that one transport has mixed up. */
const everybody = new Set<(events: readonly TransportEvent[]) => void>()

/** What can be wrong with a transport. */
export const BREAKAGES: readonly Breakage[] = [
  {
    about: 'tells of no message in three',
    topic: /^Sending$/,
    noticedBy: /loses none of several/,
    breakIt: (transport) => {
      let count = 0
      return tellingMessages(transport, (message) => ((count += 1) % 3 === 0 ? undefined : message))
    },
  },
  {
    about: 'tells every message twice, the second time under another name',
    topic: /^Sending$/,
    noticedBy: /makes one message of two calls/,
    breakIt: (transport) =>
      telling(transport, (events) =>
        events.flatMap((event): readonly TransportEvent[] =>
          event.type === 'message.received'
            ? [
                event,
                {
                  ...event,
                  messages: event.messages.map((it) => ({ ...it, keys: it.keys.map((key) => `${key}!`) })),
                },
              ]
            : [event],
        ),
      ),
  },
  {
    about: 'sends again under another name whatever it is asked to send a second time',
    topic: /^Sending$/,
    noticedBy: /makes one message of two calls/,
    breakIt: (transport) => {
      const sent = new Set<string>()
      return sending(transport, (message) => {
        const clientId = sent.has(message.clientId) ? `${message.clientId}-2` : message.clientId
        sent.add(message.clientId)
        return { ...message, clientId }
      })
    },
  },
  {
    about: 'turns its pages round',
    topic: /^History$/,
    noticedBy: /gives the newest 5/,
    breakIt: (transport) =>
      paging(transport, (page) => ({ ...page, messages: [...page.messages].reverse() })),
  },
  {
    about: 'leaves out one message of each page',
    topic: /^History$/,
    noticedBy: /without a hole/,
    breakIt: (transport) =>
      paging(transport, (page) => ({ ...page, messages: page.messages.filter((_message, i) => i !== 1) })),
  },
  {
    about: 'holds a short page for the end',
    topic: /^History$/,
    noticedBy: /walks older by cursor/,
    breakIt: (transport) => paging(transport, (page) => ({ ...page, older: { end: 'start' } })),
  },
  {
    about: 'answers every request for history with the newest page',
    topic: /^History$/,
    noticedBy: /goes on older beside message 8/,
    breakIt: (transport) =>
      withMessages(transport, {
        history: ({ conversationId, count }) =>
          transport.messages.history({ conversationId, count, from: 'newest', direction: 'older' }),
      }),
  },
  {
    about: 'does not say that after the newest message it is live',
    topic: /^History$/,
    noticedBy: /gives the newest 1 /,
    breakIt: (transport) => paging(transport, (page) => ({ ...page, newer: { end: 'unknown' } })),
  },
  {
    about: 'escapes text on the way out',
    topic: /^Text$/,
    noticedBy: /carries markup byte for byte/,
    breakIt: (transport) => sending(transport, (message) => withText(message, escape)),
  },
  {
    about: 'unescapes text on the way in',
    topic: /^Text$/,
    noticedBy: /carries entities byte for byte/,
    breakIt: (transport) => tellingMessages(transport, (message) => withText(message, unescape)),
  },
  {
    about: 'trims text',
    topic: /^Text$/,
    noticedBy: /carries a leading space/,
    breakIt: (transport) => sending(transport, (message) => withText(message, (text) => text.trim() || text)),
  },
  {
    about: 'cuts text after a thousand bytes',
    topic: /^Text$/,
    noticedBy: /carries a thousand wide characters/,
    breakIt: (transport) => sending(transport, (message) => withText(message, (text) => text.slice(0, 300))),
  },
  {
    about: 'says yes to everything',
    topic: /^(Abilities|Recalling)/,
    noticedBy: /answers for conversations.setDraft|is refused for a message of the other one/,
    breakIt: (transport) => ({ ...transport, can: () => 'yes' }),
  },
  {
    about: 'says no to everything',
    topic: /^What it has to offer$/,
    noticedBy: /offers messages.send/,
    breakIt: (transport) => ({ ...transport, can: () => transport.can('conversations.setDraft') }),
  },
  {
    about: 'rejects with a plain error',
    topic: /^Sending$/,
    noticedBy: /refuses to send to the conversation/,
    breakIt: (transport) =>
      withMessages(transport, {
        send: (message) => {
          const { result, cancel } = transport.messages.send(message)
          return { cancel, result: result.catch((error: Error) => Promise.reject(new Error(error.message))) }
        },
      }),
  },
  {
    about: 'throws a TypeError at nonsense',
    topic: /^Careless/,
    noticedBy: /messages.history answers nonsense/,
    breakIt: (transport) =>
      withMessages(transport, {
        history: (request) => {
          if (!request.conversationId.startsWith('direct')) throw new TypeError('not a conversation')
          return transport.messages.history(request)
        },
      }),
  },
  {
    about: 'goes on telling after disconnect()',
    topic: /^Signing out$/,
    noticedBy: /tells 'offline' and then nothing/,
    breakIt: (transport) => {
      const listeners = new Set<(events: readonly TransportEvent[]) => void>()
      return {
        ...transport,
        subscribe(listener) {
          listeners.add(listener)
          return transport.subscribe(listener)
        },
        async disconnect() {
          await transport.disconnect()
          setTimeout(() => listeners.forEach((tell) => tell([{ type: 'limits.changed' }])), 0)
        },
      }
    },
  },
  {
    about: 'stays signed in after disconnect()',
    topic: /^Signing out$/,
    noticedBy: /refuses calls afterwards|tells 'offline'/,
    breakIt: (transport) => ({ ...transport, disconnect: async () => {} }),
  },
  {
    about: 'promises continuity to everybody',
    topic: /^(Signing in|Coming back)$/,
    noticedBy: /promises no continuity|promises nothing for a checkpoint/,
    breakIt: (transport) => {
      const sure = (session: ReturnType<Transport['session']>) =>
        session.state === 'online' ? { ...session, hasContinuity: true } : session
      return {
        ...telling(transport, (events) =>
          events.map((event) =>
            event.type === 'session.changed' ? { ...event, session: sure(event.session) } : event,
          ),
        ),
        session: () => sure(transport.session()),
      }
    },
  },
  {
    about: 'answers before anybody has signed in',
    topic: /^Before signing in$/,
    noticedBy: /refuses conversations.list/,
    breakIt: (transport) => ({
      ...transport,
      conversations: {
        ...transport.conversations,
        list: (cursor) =>
          transport.session().state === 'offline'
            ? Promise.resolve({ items: [] })
            : transport.conversations.list(cursor),
      },
    }),
  },
  {
    about: 'mixes up its instances',
    topic: /^Two instances/,
    noticedBy: /do not hear what is not theirs/,
    breakIt: (transport) => ({
      ...transport,
      subscribe(listener) {
        everybody.add(listener)
        const stop = transport.subscribe((events) => everybody.forEach((tell) => tell(events)))
        return () => {
          everybody.delete(listener)
          stop()
        }
      },
    }),
  },
  {
    about: 'does not let the client id travel',
    topic: /^Sending$/,
    noticedBy: /tells the other end the client id/,
    breakIt: (transport) =>
      tellingMessages(transport, (message) => ({
        ...message,
        keys: message.keys.filter((key) => !key.startsWith('client:')),
      })),
  },
  {
    about: 'names no message',
    topic: /^Sending$/,
    noticedBy: /named every message/,
    breakIt: (transport) => tellingMessages(transport, (message) => ({ ...message, keys: [] })),
  },
  {
    about: 'is always sure that a message is not there',
    topic: /^Sending$/,
    noticedBy: /finds what was sent by its client key/,
    breakIt: (transport) => withMessages(transport, { find: async () => 'absent' }),
  },
  {
    about: 'tells patches with fields that hold undefined',
    topic: /^Sending$/,
    noticedBy: /told patches without fields that hold undefined/,
    breakIt: (transport) =>
      telling(transport, (events) =>
        events.map((event): TransportEvent =>
          event.type === 'conversation.changed'
            ? ({
                ...event,
                conversations: event.conversations.map((it) => ({ ...it, draft: undefined })),
              } as never)
            : event,
        ),
      ),
  },
  {
    about: 'tells empty batches',
    topic: /^Sending$/,
    noticedBy: /told events that the contract knows/,
    breakIt: (transport) =>
      telling(transport, (events) =>
        events.filter(({ type }) => type !== 'checkpoint.advanced' && type !== 'receipt.received'),
      ),
  },
  {
    about: 'tells wire words',
    topic: /^Sending$/,
    noticedBy: /told events that the contract knows/,
    breakIt: (transport) => telling(transport, (events) => [...events, { type: 'stanza' } as never]),
  },
  {
    about: 'tells objects of a class',
    topic: /^Sending$/,
    noticedBy: /told plain data/,
    breakIt: (transport) =>
      tellingMessages(transport, (message) => ({ ...message, data: new Map([['a', 1]]) as never })),
  },
  {
    about: 'changes what it has told',
    topic: /^Sending$/,
    noticedBy: /left what it had told as it was/,
    breakIt: (transport) => {
      const counted: Record<string, unknown>[] = []
      return tellingMessages(transport, (message) => {
        const told = { ...message, data: { tick: 0 } }
        counted.push(told)
        for (const before of counted.slice(0, -1)) before['data'] = { tick: counted.length }
        return told
      })
    },
  },
  {
    about: 'tells of messages in conversations it has not told of',
    topic: /^Sending$/,
    noticedBy: /told of a conversation before/,
    breakIt: (transport) =>
      tellingMessages(transport, (message) => ({ ...message, conversationId: `${message.conversationId}#` })),
  },
  {
    about: 'says that the receiver has sent it',
    topic: /^Sending$/,
    noticedBy: /tells the other end the client id/,
    breakIt: (transport) => tellingMessages(transport, (message) => ({ ...message, senderId: 'nobody' })),
  },
  {
    about: 'sends empty messages as a space',
    topic: /^Sending$/,
    noticedBy: /refuses an empty text/,
    breakIt: (transport) => sending(transport, (message) => withText(message, (text) => text || ' ')),
  },
  {
    about: 'stores what is for those who are there only',
    topic: /^Sending$/,
    noticedBy: /stores it nowhere/,
    breakIt: (transport) => sending(transport, (message) => ({ ...message, delivery: 'stored' })),
  },
  {
    about: 'forgets whom a message mentions',
    topic: /^Sending$/,
    noticedBy: /carries whom a message mentions/,
    breakIt: (transport) => sending(transport, ({ mentions: _mentions, ...message }) => message),
  },
  {
    about: 'states a limit that is not its limit',
    topic: /^Sending$/,
    noticedBy: /just as many bytes as its limit/,
    breakIt: (transport) => ({ ...transport, limits: () => ({ messageBytes: 40_000 }) }),
  },
  {
    about: 'shares its own objects with whoever asks',
    topic: /^History$/,
    noticedBy: /is not misled when a page is changed/,
    breakIt: (transport) => {
      const pages = new Map<string, Promise<HistoryPage>>()
      return withMessages(transport, {
        history: (request) => {
          if (request.from !== 'newest') return transport.messages.history(request)
          const known =
            pages.get(request.conversationId) ??
            transport.messages.history(request).then((page) => structuredClone(page))
          pages.set(request.conversationId, known)
          return known
        },
      })
    },
  },
  {
    about: 'tells nobody of what becomes of a message',
    topic: /^(Recalling|Editing|Reactions)$/,
    noticedBy: /tells the other end|tells the author/,
    breakIt: (transport) =>
      telling(transport, (events) => {
        const told = events.filter(({ type }) => type !== 'message.changed')
        return told.length > 0 ? told : undefined
      }),
  },
  {
    about: 'tells of changes that nobody answers for',
    topic: /^Recalling$/,
    noticedBy: /tells the other end, and the change counts/,
    breakIt: (transport) =>
      telling(transport, (events) =>
        events.map((event) =>
          event.type === 'message.changed'
            ? {
                ...event,
                changes: event.changes.map(({ byId: _byId, ...change }) => ({
                  ...change,
                  isVouched: false,
                })) as never,
              }
            : event,
        ),
      ),
  },
  {
    about: 'deletes nothing',
    topic: /^Deleting/,
    noticedBy: /takes it out of one’s own history only/,
    breakIt: (transport) => withMessages(transport, { deleteForMe: async () => {} }),
  },
  {
    about: 'tells nobody who has read',
    topic: /^Reading$/,
    noticedBy: /tells the author how far/,
    breakIt: (transport) =>
      telling(transport, (events) => {
        const told = events.filter(({ type }) => type !== 'receipt.received')
        return told.length > 0 ? told : undefined
      }),
  },
  {
    about: 'opens a conversation under another id each time',
    topic: /^Conversations$/,
    noticedBy: /opens the same conversation each time/,
    breakIt: (transport) => {
      let count = 0
      return {
        ...transport,
        conversations: {
          ...transport.conversations,
          open: async (target) => {
            const conversation = await transport.conversations.open(target)
            return { ...conversation, id: `${conversation.id}${(count += 1)}` }
          },
        },
      }
    },
  },
  {
    about: 'answers a batch for some only',
    topic: /^Conversations$/,
    noticedBy: /sets every way to notify/,
    breakIt: (transport) => ({
      ...transport,
      conversations: {
        ...transport.conversations,
        setNotify: async () => ({ done: [], pending: [], failed: [] }),
      },
    }),
  },
  {
    about: 'says of a group that one is still in it',
    topic: /^Joining/,
    noticedBy: /has him out of it himself/,
    breakIt: (transport) => {
      const { groups } = transport
      if (!groups) return transport
      const fetch: typeof groups.fetch = async (ids) =>
        (await groups.fetch(ids)).map((group) => ({ ...group, state: 'joined' }))
      return { ...transport, groups: { ...groups, fetch } }
    },
  },
  {
    about: 'spoils the bytes of files',
    topic: /^Files$/,
    noticedBy: /gives back 1000 bytes/,
    breakIt: (transport) => {
      const { files } = transport
      if (!files) return transport
      return {
        ...transport,
        files: {
          ...files,
          upload: (file, purpose, onProgress) => {
            const value = file.value instanceof Uint8Array ? file.value.slice(1) : file.value
            return files.upload({ ...file, value }, purpose, onProgress)
          },
        },
      }
    },
  },
]
