import type { Transport } from '../../core/ports'
import type {
  Checkpoint,
  ConnectOptions,
  Conversation,
  ConversationId,
  Message,
  OutgoingMessage,
  SessionState,
  TransportEvent,
  UserId,
} from '../../model'
import { BrokenRule, ensure, plain } from './ensure'
import { eventually } from './eventually'
import type { TransportHarness } from './harness'

/** One event of the given type. */
export type EventOf<T extends TransportEvent['type']> = Extract<TransportEvent, { readonly type: T }>
/** A batch, and how it read in the moment it was told. */
export interface Batch {
  readonly events: readonly TransportEvent[]
  readonly asTold: string
}
/** Somebody who is signed in, and everything he has heard. */
export interface Person {
  readonly userId: UserId
  readonly transport: Transport
  /** What it signed in with. */
  readonly connectOptions: ConnectOptions
  readonly batches: readonly Batch[]
  /** Every id he has had from a list or from `open`. */
  readonly knownIds: ReadonlySet<ConversationId>
  events(): readonly TransportEvent[]
  /** All events of one type, oldest first. */
  told<T extends TransportEvent['type']>(type: T): readonly EventOf<T>[]
  /** Every message told as received, oldest first. */
  received(): readonly Message[]
  /** The newest checkpoint. */
  checkpoint(): Checkpoint | undefined
  /** Waits until `look` finds something; looks again at each batch that is told. */
  hears<T>(words: string, look: () => T | undefined | Promise<T | undefined>): Promise<T>
  /** Waits for the message that says just this. */
  gets(text: string): Promise<Message>
  /** The direct conversation with somebody. */
  talkWith(userId: UserId): Promise<Conversation>
  talkIn(groupId: string): Promise<Conversation>
  /** Sends one text. */
  say(conversationId: ConversationId, text: string, more?: Partial<OutgoingMessage>): Promise<Message>
  send(message: OutgoingMessage): Promise<Message>
  leave(): Promise<void>
}
/** How somebody signs in where it is not the usual way. */
export interface Arrival {
  readonly checkpoint?: Checkpoint | undefined
  /** Does not wait until he is online. */
  readonly isImpatient?: boolean
}

/** How long anything eventual may take where the harness does not say. */
export const PATIENCE_MS = 3_000

/** Signs somebody in with a transport of his own; resolves when nothing missed is still to come. */
export async function signIn(
  harness: TransportHarness,
  userId: UserId,
  arrival: Arrival = {},
): Promise<Person> {
  const { transport, credentials } = harness.createTransport(userId)
  const ms = harness.patienceMs ?? PATIENCE_MS
  const batches: Batch[] = []
  const knownIds = new Set<ConversationId>()
  transport.subscribe((events) => void batches.push({ events, asTold: plain(events) }))
  const { checkpoint } = arrival
  const connectOptions = { userId, credentials, ...(checkpoint !== undefined && { checkpoint }) }
  const person = personOf({ transport, connectOptions, batches, knownIds, ms })
  transport.connect(connectOptions)
  if (arrival.isImpatient) return person
  await person.hears(`${userId} is online`, () => isThere(userId, transport.session()) || undefined)
  // As the kit does: what is in the list is known before anything is told of it.
  for (
    let cursor: string | undefined, pages = 0;
    pages === 0 || (cursor !== undefined && pages < 20);
    pages++
  ) {
    const page = await transport.conversations.list(cursor)
    page.items.forEach(({ id }) => knownIds.add(id))
    cursor = page.next
  }
  return person
}

/** Waits until the session is as wanted. */
export async function until(
  { patienceMs = PATIENCE_MS }: Pick<TransportHarness, 'patienceMs'>,
  transport: Transport,
  isWanted: (session: SessionState) => boolean,
): Promise<void> {
  const patience = { ms: patienceMs, wake: (look: () => void) => transport.subscribe(look) }
  await eventually(
    patience,
    'the session comes to the state that is waited for',
    () => isWanted(transport.session()) || undefined,
  )
}

function isThere(userId: UserId, session: SessionState): boolean {
  if (session.state === 'online') return !session.isCatchingUp
  const isOver = session.state !== 'connecting' && session.state !== 'reconnecting'
  const error = 'error' in session && session.error ? ` (${session.error.domain} ${session.error.code})` : ''
  if (isOver) throw new BrokenRule(`${userId} was not let in: ${session.state}${error}`)
  return false
}

interface Inside {
  readonly transport: Transport
  readonly connectOptions: ConnectOptions
  readonly batches: readonly Batch[]
  readonly knownIds: Set<ConversationId>
  readonly ms: number
}

function personOf({ transport, connectOptions, batches, knownIds, ms }: Inside): Person {
  const patience = { ms, wake: (look: () => void) => transport.subscribe(look) }
  const events = () => batches.flatMap((batch) => batch.events)
  const told: Person['told'] = (type) =>
    events().filter((event): event is EventOf<typeof type> => event.type === type)
  const received = () => told('message.received').flatMap(({ messages }) => messages)
  const send: Person['send'] = (message) => transport.messages.send(message).result

  async function open(target: Parameters<Transport['conversations']['open']>[0]): Promise<Conversation> {
    const conversation = await transport.conversations.open(target)
    knownIds.add(conversation.id)
    return conversation
  }

  return {
    userId: connectOptions.userId,
    transport,
    connectOptions,
    batches,
    knownIds,
    events,
    told,
    received,
    checkpoint: () => told('checkpoint.advanced').at(-1)?.checkpoint,
    hears: (words, look) => eventually(patience, words, look),
    gets: (text) =>
      eventually(patience, `${connectOptions.userId} is told of the message "${text}"`, () =>
        received().find((message) => textOf(message) === text),
      ),
    talkWith: (userId) => open({ userId }),
    talkIn: (groupId) => open({ groupId }),
    say: (conversationId, text, more) => send(outgoing(conversationId, text, more)),
    send,
    async leave() {
      await transport.disconnect()
      const { state } = transport.session()
      ensure(state === 'offline', `after disconnect() the session is 'offline', and not '${state}'`)
    },
  }
}

/** So that no two runs against a server that remembers use the same name. */
const RUN = Math.random().toString(36).slice(2, 8)
let names = 0

/** A word that nothing else in any run is called. */
export function fresh(word: string): string {
  return `${word}-${RUN}-${(names += 1)}`
}

/** A message to send, with a client id of its own. */
export function outgoing(
  conversationId: ConversationId,
  text: string,
  more: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  return {
    conversationId,
    clientId: fresh('c'),
    parts: [{ kind: 'text', text }],
    delivery: 'stored',
    ...more,
  }
}

/** The text of a message whose first part is one. */
export function textOf(message: Pick<Message, 'parts'> | undefined): string | undefined {
  const part = message?.parts[0]
  return part?.kind === 'text' ? part.text : undefined
}

/** True where both name one message. */
export function isSame(a: Pick<Message, 'keys'>, b: Pick<Message, 'keys'>): boolean {
  return a.keys.some((key) => b.keys.includes(key))
}
