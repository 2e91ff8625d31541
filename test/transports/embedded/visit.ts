import type { IdSource, Transport } from '../../../src/core/ports'
import type {
  Checkpoint,
  Conversation,
  Message,
  OutgoingMessage,
  TransportEvent,
  UserId,
} from '../../../src/model'
import { createEmbeddedTransport } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'

/** A signed-in person: the transport and everything it has said. */
export interface Visit {
  readonly transport: Transport
  readonly events: TransportEvent[]
  /** All events of one type, oldest first. */
  told<T extends TransportEvent['type']>(type: T): (TransportEvent & { readonly type: T })[]
  /** Everything received, in the order it came. */
  received(): readonly Message[]
  /** The newest checkpoint. */
  checkpoint(): Checkpoint
  /** Sends one text. */
  say(conversationId: string, text: string, more?: Partial<OutgoingMessage>): Promise<Message>
  openWith(userId: UserId): Promise<Conversation>
  /** Resolves at the batch of events after which `assertion` no longer throws. */
  until(assertion: () => void): Promise<void>
}

let clientIds = 0

/** Signs somebody in and waits until all that was missed has been told. */
export async function visit(
  service: EmbeddedService,
  userId: UserId,
  checkpoint?: Checkpoint,
): Promise<Visit> {
  const transport = createEmbeddedTransport({ service })
  const events: TransportEvent[] = []
  transport.subscribe((batch) => void events.push(...batch))
  transport.connect({ userId, credentials: noCredentials, ...(checkpoint && { checkpoint }) })
  const until: Visit['until'] = (assertion) => heard(transport, assertion)
  await until(() => {
    const session = transport.session()
    if (session.state !== 'online' || session.isCatchingUp) throw new Error('not caught up')
  })
  const told: Visit['told'] = (type) =>
    events.filter((event): event is Extract<TransportEvent, { type: typeof type }> => event.type === type)
  return {
    transport,
    events,
    told,
    received: () => told('message.received').flatMap((event) => event.messages),
    checkpoint: () => told('checkpoint.advanced').at(-1)?.checkpoint ?? '',
    say: (conversationId, text, more) => transport.messages.send(outgoing(conversationId, text, more)).result,
    openWith: (other) => transport.conversations.open({ userId: other }),
    until,
  }
}

/** Makes people known to a service and signs them in, one after another; those who are away are only known. */
export async function visitAll<Who extends UserId>(
  service: EmbeddedService,
  people: readonly Who[],
  { away = [] }: { readonly away?: readonly UserId[] } = {},
): Promise<Readonly<Record<Who, Visit>>> {
  for (const id of [...people, ...away]) await service.addUser({ id, name: id })
  const entries: [Who, Visit][] = []
  for (const id of people) entries.push([id, await visit(service, id)])
  return Object.fromEntries(entries) as Record<Who, Visit>
}

/** Resolves at the batch of events after which `assertion` no longer throws. */
export function heard(transport: Transport, assertion: () => void): Promise<void> {
  const isTrue = () => {
    try {
      assertion()
      return true
    } catch {
      return false
    }
  }
  if (isTrue()) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = transport.subscribe(() => {
      if (!isTrue()) return
      stop()
      resolve()
    })
  })
}

/** A message to send, with a client id of its own. */
export function outgoing(
  conversationId: string,
  text: string,
  more: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  const clientId = `c${(clientIds += 1)}`
  return { conversationId, clientId, parts: [{ kind: 'text', text }], delivery: 'stored', ...more }
}

/** The text of a message's first part. */
export function textOf(message: Message | undefined): string | undefined {
  const part = message?.parts[0]
  return part?.kind === 'text' ? part.text : undefined
}

/** Ids that count. */
export function countingIds(prefix = 'id'): IdSource {
  let count = 0
  return { next: () => `${prefix}${(count += 1)}` }
}

/** The embedded service has no secrets, so nobody may be asked for one. */
export async function noCredentials(): Promise<never> {
  throw new Error('the embedded service asked for credentials')
}
