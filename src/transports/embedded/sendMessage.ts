import { groupRights } from '../../core/groups'
import type { Precedence } from '../../core/live'
import { clientKey } from '../../model'
import type {
  ConversationId,
  EpochMs,
  Message,
  MessageBody,
  MessageKey,
  OutgoingMessage,
  Task,
} from '../../model'
import { asUser } from './caller'
import type { Caller, SignIn } from './caller'
import { checkedOutgoing } from './checkedMessage'
import { compact } from './checkedValues'
import { ensureKnownDirect } from './directConversation'
import type { FileStore } from './fileStore'
import { obey } from './liveOrders'
import { passing } from './liveRooms'
import type { Change } from './log'
import { requireMember } from './members'
import { appendMessage, readUpTo } from './messageStore'
import type { Draft } from './messageStore'
import { isOwnPicture } from './ownPicture'
import { tellRead } from './receipts'
import { refusals } from './refusals'
import { hideFrom, requireRelation } from './relations'
import type { ConversationRow, MemberRow } from './rows'
import type { RelationPolicy } from './rules'
import type { Reading } from './storage/storage'
import { requireVoice } from './voice'

/** Sends messages and knows which ones are on their way. */
export interface Sender {
  send(message: OutgoingMessage, onProgress?: (part: number, fraction: number) => void): Task<Message>
  /** True while a message with one of these keys has neither been written nor refused. */
  isSending(keys: readonly string[]): boolean
}

/** How many online-only messages a sender remembers: a call that is made again comes soon. */
const PASSED_KEPT = 1000

/** What one call sends, and how it is told to stop. */
interface Sending {
  readonly message: OutgoingMessage
  readonly user: SignIn
  readonly key: MessageKey
  readonly policy: RelationPolicy | undefined
  readonly precedence: Precedence
  stopIfCancelled(): void
  readonly onProgress: ((part: number, fraction: number) => void) | undefined
}

/** A sender for whoever is signed in. One client id is one message: sent again, it stays what it was (D2). */
export function createSender(caller: Caller, files: FileStore): Sender {
  /** The last call for each key: calls for one message go one after the other. */
  const underWay = new Map<MessageKey, Promise<Message>>()
  /** Online-only messages, which no storage remembers. */
  const passed = new Map<string, Message>()

  function send(
    outgoing: OutgoingMessage,
    onProgress?: (part: number, fraction: number) => void,
  ): Task<Message> {
    let isCancelled = false
    const stopIfCancelled = () => {
      if (isCancelled) throw refusals.cancelled()
    }
    // Looked at in this very moment: later the caller may have changed it.
    const read = attempted(() => checkedOutgoing(outgoing))
    const result = asUser(caller, async (user) => {
      caller.engine.rates.take(user.userId, 'sendPerSecond')
      const message = read()
      const { rules, live } = caller.engine
      const policy = rules.relations
      const { precedence } = live
      const key = clientKey(user.userId, message.clientId)
      return inTurn(key, () =>
        sendOnce({ message, user, key, policy, precedence, stopIfCancelled, onProgress }),
      )
    })
    return { result, cancel: () => (isCancelled = true) }
  }

  function inTurn(key: MessageKey, work: () => Promise<Message>): Promise<Message> {
    const mine = (underWay.get(key) ?? Promise.resolve()).then(work, work)
    const leave = () => {
      if (underWay.get(key) === mine) underWay.delete(key)
    }
    underWay.set(key, mine)
    mine.then(leave, leave)
    return mine
  }

  async function sendOnce(sending: Sending): Promise<Message> {
    const { message, user, key, stopIfCancelled, onProgress } = sending
    stopIfCancelled()
    const place = `${message.conversationId}\n${key}`
    const { sent, isLive } = await caller.engine.read(async (reading) => {
      const found = passed.get(place) ?? (await findSent(reading, message.conversationId, key))
      const at = found ? undefined : caller.engine.clock.now()
      const conversation = await requireSendable(reading, message, user, at)
      return { sent: found, isLive: conversation?.kind === 'live' }
    })
    if (sent) return isLive ? passing(sent) : sent
    const complete = {
      ...sending,
      message: await withStoredFiles(files, message, stopIfCancelled, onProgress),
    }
    stopIfCancelled()
    if (isLive || message.delivery !== 'online-only')
      return caller.engine.write((change) => write(change, complete))
    const answer = await pass(caller, complete)
    if (answer.order === undefined) remember(place, answer)
    return answer
  }

  function remember(place: string, message: Message): void {
    passed.set(place, message)
    const [oldest] = passed.keys()
    if (passed.size > PASSED_KEPT && oldest !== undefined) passed.delete(oldest)
  }

  return { send, isSending: (keys) => keys.some((key) => underWay.has(key)) }
}

/** Does the work now and gives its outcome, value or error, whenever it is asked for. */
function attempted<T>(work: () => T): () => T {
  try {
    const value = work()
    return () => value
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** Refuses early, before any upload; a direct conversation may still have to be made. */
async function requireSendable(
  reading: Reading,
  message: OutgoingMessage,
  user: SignIn,
  /** Absent: it has been said already, whoever is muted since. */
  at: EpochMs | undefined,
): Promise<ConversationRow | undefined> {
  const conversation = await reading.get('conversations', message.conversationId)
  if (!conversation) return undefined
  const { member } = await requireMember(reading, message.conversationId, user.userId)
  if (at !== undefined) await requireVoice(reading, conversation, member, at)
  await refuseMentionAll(reading, conversation, message)
  return conversation
}

/** The stored message that a client key names. */
async function findSent(
  reading: Reading,
  conversationId: ConversationId,
  key: MessageKey,
): Promise<Message | undefined> {
  const named = await reading.get('messageKeys', [conversationId, key])
  return named && (await reading.get('messages', [conversationId, named.seq]))?.message
}

/** Refuses what points at everybody where that is not done. */
export async function refuseMentionAll(
  reading: Reading,
  conversation: ConversationRow,
  message: Pick<MessageBody, 'mentions'>,
): Promise<void> {
  if (!message.mentions?.isAll || conversation.groupId === undefined) return
  const group = await reading.get('groups', conversation.groupId)
  // It is the same for all who can write.
  if (group && !groupRights(group.type, 'member').canMentionAll) throw refusals.noMentionAll()
}

/** The message with its local files stored in the service. */
export async function withStoredFiles<M extends Pick<MessageBody, 'parts'>>(
  files: FileStore,
  message: M,
  stopIfCancelled: () => void,
  onProgress?: (part: number, fraction: number) => void,
): Promise<M> {
  const parts = []
  for (const [index, part] of message.parts.entries()) {
    if (!('file' in part)) {
      parts.push(part)
      continue
    }
    const report = (fraction: number) => onProgress?.(index, fraction)
    const file = part.file.at === 'local' ? await files.store(part.file, stopIfCancelled, report) : part.file
    const { thumbnail } = part
    const small = thumbnail?.at === 'local' ? await files.store(thumbnail, stopIfCancelled) : thumbnail
    parts.push({ ...part, file, ...(small && { thumbnail: small }) })
  }
  return { ...message, parts }
}

async function write(change: Change, sending: Sending): Promise<Message> {
  const { message, user, key, policy, stopIfCancelled } = sending
  await ensureKnownDirect(change, message.conversationId, user.userId)
  const { conversation, member } = await requireMember(change, message.conversationId, user.userId)
  await refuseMentionAll(change, conversation, message)
  const sent = await findSent(change, conversation.id, key)
  if (sent) return conversation.kind === 'live' ? passing(sent) : sent
  const { hidesFromId } = await requireRelation(change, conversation, user.userId, policy)
  await requireVoice(change, conversation, member, change.at)
  const draft = await draftOf(change, sending)
  const { message: written, conversation: grown } = await appendMessage(
    change,
    conversation,
    await granted(change, conversation, draft, sending.precedence),
  )
  if (hidesFromId !== undefined) await hideFrom(change, hidesFromId, conversation, grown, written)
  await readByWriting(change, conversation, grown, member)
  await noteMentions(change, grown, message, user)
  if (grown.kind === 'live' && grown.groupId !== undefined) await obey(change, grown.groupId, written)
  // The last moment: whoever calls off later is too late.
  stopIfCancelled()
  return written
}

async function draftOf(reading: Reading, { message, user, key }: Sending): Promise<Draft> {
  const { conversationId: _conversation, clientId: _client, forwardOf: _origin, ...body } = message
  const sender = await reading.get('users', user.userId)
  return {
    // A whole picture is not sent along with every message: whoever sees it asks for the profile.
    ...compact<Pick<Draft, 'senderName' | 'senderAvatar'>>({
      senderName: sender?.name,
      senderAvatar: isOwnPicture(sender?.avatar) ? undefined : sender?.avatar,
    }),
    senderId: user.userId,
    body,
    clientKey: key,
  }
}

/** In a live room the service says what goes first; anywhere else nothing is dropped, and a claim takes nobody's place. */
async function granted(
  change: Change,
  { kind, id, groupId }: ConversationRow,
  draft: Draft,
  precedence: Precedence,
): Promise<Draft> {
  const { body, senderId } = draft
  if (kind !== 'live' || groupId === undefined || body.priority === undefined) return draft
  const group = await change.get('groups', groupId)
  const priority = precedence.of({ ...body, senderId, conversationId: id }, change.at, group)
  return { ...draft, body: { ...body, priority } }
}

/** Whoever writes has read what is above. */
async function readByWriting(
  change: Change,
  before: ConversationRow,
  after: ConversationRow,
  member: MemberRow,
): Promise<void> {
  const reader = readUpTo(member, { seq: after.lastSeq, counted: after.counted })
  await change.put('members', { ...reader, isMarkedUnread: false })
  if (member.readSeq < before.lastSeq) await tellRead(change, after, member.userId)
}

async function noteMentions(
  change: Change,
  conversation: ConversationRow,
  message: MessageBody,
  { userId }: SignIn,
): Promise<void> {
  for (const mentionedId of message.mentions?.userIds ?? []) {
    if (mentionedId === userId) continue
    const member = await change.get('members', [conversation.id, mentionedId])
    if (!member || member.mentionSeq !== undefined) continue
    await change.put('members', { ...member, mentionSeq: conversation.lastSeq })
  }
}

/** Hands a message that is never stored to whoever is there (C9); one that is stored stays as it is. */
async function pass({ engine }: Caller, sending: Sending): Promise<Message> {
  const { message, user, key, policy, stopIfCancelled } = sending
  const { answer, isNew } = await engine.read(async (reading) => {
    const { conversation, member } = await requireMember(reading, message.conversationId, user.userId)
    await refuseMentionAll(reading, conversation, message)
    const sent = await findSent(reading, conversation.id, key)
    if (sent) return { answer: sent, isNew: false }
    const { hidesFromId } = await requireRelation(reading, conversation, user.userId, policy)
    await requireVoice(reading, conversation, member, engine.clock.now())
    const { body, clientKey: _key, ...sender } = await draftOf(reading, sending)
    const at = { conversationId: conversation.id, keys: [key], sentAt: engine.clock.now() }
    return { answer: { ...body, ...sender, ...at }, isNew: hidesFromId === undefined }
  })
  stopIfCancelled()
  if (isNew) engine.channel.post({ kind: 'message', message: answer })
  return answer
}
