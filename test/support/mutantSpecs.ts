import type { TransportEvent } from '../../src/model'

/** What a value of the wire is, told apart from what the kit makes of it. */
export type Kind =
  | 'id'
  | 'keys'
  | 'text'
  | 'url'
  | 'flag'
  | 'number'
  | 'amount'
  | 'code'
  | 'offset'
  | 'degrees'
  | 'past'
  | 'moment'
  | 'word'
  | 'json'
  | 'bag'
  | 'object'
  | 'list'
  | 'rows'
/**
 * What is left when it is broken: 'needed' takes what holds it along, 'free' is as if it had not been told, 'clearable' too,
 * and null clears it, 'replaced' has a stand-in.
 */
export type Need = 'needed' | 'free' | 'clearable' | 'replaced'
/** One value of a sample, and what it is. */
export interface Spec {
  readonly kind: Kind
  readonly need: Need
  readonly value?: unknown
  readonly fields?: Readonly<Record<string, Spec>>
  readonly items?: readonly Spec[]
  /** A field that is not told leaves what is known of it: true for patches and messages. */
  readonly merges?: boolean
}

const leaf = (kind: Kind) => (value: unknown) => ({ kind, need: 'needed', value }) as const
const id = leaf('id')
const text = leaf('text')
const url = leaf('url')
const code = leaf('code')
const flag = leaf('flag')
const number = leaf('number')
const amount = leaf('amount')
const degrees = leaf('degrees')
const offset = leaf('offset')
const past = leaf('past')
const moment = leaf('moment')
const word = leaf('word')
const json = leaf('json')({ app: [1, 'two', { three: null }] })
const bag = leaf('bag')
const keys = leaf('keys')
const free = (spec: Spec): Spec => ({ ...spec, need: 'free' })
const clearable = (spec: Spec): Spec => ({ ...spec, need: 'clearable' })
const replaced = (spec: Spec): Spec => ({ ...spec, need: 'replaced' })
const object = (fields: Readonly<Record<string, Spec>>): Spec => ({ kind: 'object', need: 'needed', fields })
const list = (...items: readonly Spec[]): Spec => ({ kind: 'list', need: 'needed', items })
const rows = (...items: readonly Spec[]): Spec => ({ kind: 'rows', need: 'needed', items })
const merging = (fields: Readonly<Record<string, Spec>>): Spec => ({ ...object(fields), merges: true })
function patching(naming: Readonly<Record<string, Spec>>, others: Readonly<Record<string, Spec>>): Spec {
  const news = Object.entries(others).map(([name, spec]) => [name, clearable(spec)] as const)
  return merging({ ...naming, ...Object.fromEntries(news) })
}

const order = (seq: number) => object({ major: number(seq), minor: free(url('a')) })
const error = object({
  domain: replaced(id('scripted')),
  code: code('code-7'),
  kind: replaced(word('other')),
  effect: replaced(word('none')),
  retry: replaced(word('never')),
  audience: replaced(word('user')),
  untilAt: free(moment(5_000_000)),
})
const ref = (seq: number) =>
  object({ conversationId: id('c1'), keys: keys([`seq:1:${seq}`]), sentAt: free(past(1_000_000 + seq)) })
const part = (fields: Readonly<Record<string, Spec>>) => replaced(object(fields))
const people = list(id('bob'), id('carol'))

const parts = list(
  part({ kind: word('text'), text: text('hello') }),
  part({
    kind: word('image'),
    file: object({ at: word('remote'), url: free(url('https://a/b.png')), bytes: free(amount(7)) }),
    width: free(amount(20)),
  }),
  part({ kind: word('location'), latitude: degrees(10), longitude: degrees(20), label: free(text('here')) }),
  part({ kind: word('card'), of: word('user'), id: id('carol') }),
  part({ kind: word('custom'), type: id('poll'), data: json, fallback: free(text('a poll')) }),
  part({ kind: word('notice'), about: replaced(word('joined')), byId: free(id('carol')) }),
  part({ kind: word('unsupported'), wireKind: text('odd'), fallback: free(text('odd')) }),
)
const total = object({
  key: id('smile'),
  count: amount(2),
  someIds: replaced(people),
  isMine: free(flag(false)),
})
const message = merging({
  conversationId: id('c1'),
  keys: keys(['seq:1:7']),
  senderId: id('bob'),
  sentAt: replaced(past(1_007_000)),
  delivery: replaced(word('stored')),
  parts,
  order: free(order(7)),
  mentions: free(object({ userIds: replaced(people), isAll: replaced(flag(false)) })),
  replyTo: free(
    object({
      ref: object({ conversationId: id('c1'), keys: replaced(keys(['seq:1:1'])) }),
      abstract: replaced(text('so')),
    }),
  ),
  priority: free(word('high')),
  hasReceipts: free(flag(true)),
  burnAfterMs: free(amount(1_000)),
  data: free(json),
  senderName: free(text('Bob')),
  senderAvatar: free(url('https://a/c.png')),
  revision: free(number(1)),
  reactions: free(list(total)),
  extensions: free(bag({ colour: 'red' })),
})
const change = (kind: string, fields: Readonly<Record<string, Spec>>) =>
  object({
    kind: word(kind),
    ref: ref(7),
    isVouched: replaced(flag(true)),
    byId: free(id('bob')),
    at: free(past(2_000_000)),
    ...fields,
  })
const member = { nameCard: text('Bobby'), joinedAt: past(1_000), mutedUntil: moment(9_000_000), custom: json }

/** A valid event of every kind, field by field. */
export const EVENTS: Readonly<Record<TransportEvent['type'], Spec>> = {
  'session.changed': object({
    session: object({
      state: word('online'),
      isCatchingUp: replaced(flag(false)),
      hasContinuity: replaced(flag(true)),
    }),
  }),
  'checkpoint.advanced': object({ checkpoint: url('42') }),
  'clock.measured': object({ offsetMs: offset(1_000), errorMs: amount(5) }),
  'abilities.changed': object({ scope: free(object({ groupId: free(id('g1')), userId: free(id('bob')) })) }),
  'limits.changed': object({}),
  'storage.degraded': object({ error }),
  'timeline.interrupted': object({ conversationIds: rows(id('c1')), lost: replaced(word('both')) }),
  'message.received': object({ messages: rows(message), isLive: replaced(flag(true)) }),
  'message.changed': object({
    changes: rows(
      change('edited', {
        body: object({ parts, mentions: free(object({ userIds: people, isAll: flag(false) })) }),
      }),
      change('reaction-totals', { totals: list(total), isWhole: flag(true) }),
      change('reactions-of', { userId: id('carol'), reactionKeys: list(id('heart')) }),
      change('extensions', { set: replaced(bag({ a: 'b' })), deleted: replaced(list(id('c'))) }),
      change('pinned', { isPinned: flag(true) }),
      change('failed', { error: replaced(error) }),
      change('recalled', { reason: free(text('sorry')) }),
      change('removed', {}),
    ),
  }),
  'receipt.received': object({
    receipts: rows(
      object({
        kind: word('upTo'),
        conversationId: id('c1'),
        userId: id('carol'),
        state: word('read'),
        point: object({ at: past(1_002_000) }),
        at: free(past(1_003_000)),
      }),
      object({ kind: word('counts'), ref: ref(1), readCount: amount(1), unreadCount: amount(2) }),
    ),
  }),
  'typing.changed': object({ conversationId: id('c1'), userId: id('erin'), isTyping: flag(true) }),
  'conversation.changed': object({
    conversations: rows(
      patching(
        { id: id('c1'), kind: word('direct') },
        {
          peerId: id('bob'),
          groupId: id('g1'),
          last: object({
            conversationId: id('c1'),
            keys: replaced(keys(['seq:1:9'])),
            sentAt: replaced(past(1_009_000)),
            order: free(order(9)),
            senderId: free(id('bob')),
            senderName: free(text('Bob')),
            parts: free(parts),
          }),
          isDense: flag(true),
          unreadCount: amount(3),
          isMarkedUnread: flag(true),
          mention: object({ isMe: replaced(flag(true)), isAll: replaced(flag(false)) }),
          isPinned: flag(true),
          notify: word('mentions'),
          draft: text('later'),
          folders: list(text('work')),
          marks: list(text('star')),
        },
      ),
    ),
  }),
  'conversation.removed': object({ ids: rows(id('c8')), withHistory: flag(true) }),
  'conversation.cleared': object({ id: id('c9'), upToAt: past(1_500_000) }),
  'profile.changed': object({
    profiles: rows(
      patching(
        { id: id('bob') },
        {
          name: text('Bob'),
          avatar: url('https://a/bob.png'),
          signature: text('hi'),
          gender: word('male'),
          addMode: word('ask'),
          custom: json,
          onlyInId: id('g1'),
        },
      ),
    ),
  }),
  'contact.changed': object({
    contacts: rows(
      patching({ userId: id('bob') }, { remark: text('B'), folders: list(text('friends')), custom: json }),
    ),
  }),
  'contact.removed': object({ userIds: rows(id('dave')) }),
  'friendRequest.changed': object({
    requests: rows(
      patching(
        { id: id('r1'), userId: id('erin'), direction: word('in') },
        { wording: text('hi'), source: text('search'), at: past(1_000), isRead: flag(false) },
      ),
    ),
  }),
  'blocklist.changed': object({ userIds: rows(id('mallory')) }),
  'presence.changed': object({
    presences: rows(
      object({
        userId: id('bob'),
        state: word('online'),
        status: free(text('here')),
        lastSeenAt: free(past(1_000)),
      }),
    ),
  }),
  'group.changed': object({
    groups: rows(
      patching(
        { id: id('g1') },
        {
          name: text('Group'),
          avatar: url('https://a/g.png'),
          intro: text('about'),
          announcement: text('news'),
          ownerId: id('bob'),
          memberCount: amount(3),
          joining: word('free'),
          inviting: word('approval'),
          isMuted: flag(false),
          isSaved: flag(true),
          me: object({ userId: id('alice'), role: replaced(word('member')), nameCard: free(text('Al')) }),
          custom: json,
        },
      ),
    ),
  }),
  'member.changed': object({
    groupId: id('g1'),
    members: rows(patching({ userId: id('bob') }, member)),
  }),
  'member.removed': object({
    groupId: id('g1'),
    userIds: rows(id('carol')),
    how: replaced(word('quit')),
    byId: free(id('bob')),
  }),
  'application.changed': object({
    applications: rows(
      object({
        id: id('a1'),
        groupId: id('g1'),
        userId: id('erin'),
        kind: word('asks'),
        state: word('pending'),
        byId: free(id('bob')),
        wording: free(text('please')),
        at: free(past(1_000)),
      }),
    ),
  }),
  'attributes.changed': object({ groupId: id('g1'), set: bag({ a: 'b' }), deleted: rows(id('c')) }),
  'counters.changed': object({ groupId: id('g1'), counters: bag({ a: 1 }) }),
  'wire.rejected': object({ reason: replaced(text('a frame nobody reads')) }),
}

/** What a spec is an example of. */
export function sampleOf(spec: Spec): unknown {
  if (spec.fields) {
    return Object.fromEntries(Object.entries(spec.fields).map(([name, field]) => [name, sampleOf(field)]))
  }
  return spec.items ? spec.items.map(sampleOf) : structuredClone(spec.value)
}

/** A valid event of a kind, new each time. */
export function sampleEvent(type: TransportEvent['type']): TransportEvent {
  return { type, ...(sampleOf(EVENTS[type]) as object) } as TransportEvent
}
