import { clientKey } from '../../model'
import type { Message, MessageBody, OutgoingMessage, Task } from '../../model'
import { asUser } from './caller'
import type { Caller, SignIn } from './caller'
import { checkedOutgoing } from './checkedMessage'
import { compact } from './checkedValues'
import { ensureKnownDirect } from './directConversation'
import type { FileStore } from './fileStore'
import type { Change } from './log'
import { requireMember } from './members'
import { appendMessage, readUpTo } from './messageStore'
import type { Draft } from './messageStore'
import { tellRead } from './receipts'
import { refusals } from './refusals'
import type { ConversationRow, MemberRow } from './rows'
import type { Reading } from './storage/storage'

/** Sends messages and knows which ones are on their way. */
export interface Sender {
  send(message: OutgoingMessage, onProgress?: (part: number, fraction: number) => void): Task<Message>
  /** True while a message with one of these keys has neither been written nor refused. */
  isSending(keys: readonly string[]): boolean
}

/** A sender for whoever is signed in. */
export function createSender(caller: Caller, files: FileStore): Sender {
  const underWay = new Set<string>()

  function send(
    outgoing: OutgoingMessage,
    onProgress?: (part: number, fraction: number) => void,
  ): Task<Message> {
    let isCancelled = false
    const stopIfCancelled = () => {
      if (isCancelled) throw refusals.cancelled()
    }
    const result = asUser(caller, async (user) => {
      const checked = checkedOutgoing(outgoing)
      const key = clientKey(user.userId, checked.clientId)
      underWay.add(key)
      try {
        stopIfCancelled()
        await caller.engine.read((reading) => requireSendable(reading, checked, user))
        const stored = await withStoredFiles(files, checked, stopIfCancelled, onProgress)
        stopIfCancelled()
        return stored.delivery === 'online-only'
          ? await pass(caller, stored, user)
          : await caller.engine.write((change) => write(change, stored, user, stopIfCancelled))
      } finally {
        underWay.delete(key)
      }
    })
    return { result, cancel: () => (isCancelled = true) }
  }

  return { send, isSending: (keys) => keys.some((key) => underWay.has(key)) }
}

/** Refuses early, before any upload; a direct conversation may still have to be made. */
async function requireSendable(reading: Reading, message: OutgoingMessage, user: SignIn): Promise<void> {
  const conversation = await reading.get('conversations', message.conversationId)
  if (!conversation) return
  await requireMember(reading, message.conversationId, user.userId)
  await refuseMentionAll(reading, conversation, message)
}

async function refuseMentionAll(
  reading: Reading,
  conversation: ConversationRow,
  message: MessageBody,
): Promise<void> {
  if (!message.mentions?.isAll || conversation.groupId === undefined) return
  const group = await reading.get('groups', conversation.groupId)
  if (group?.type === 'live' || group?.type === 'community') throw refusals.noMentionAll()
}

/** The message with its local files stored in the service. */
async function withStoredFiles(
  files: FileStore,
  message: OutgoingMessage,
  stopIfCancelled: () => void,
  onProgress?: (part: number, fraction: number) => void,
): Promise<OutgoingMessage> {
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

async function write(
  change: Change,
  message: OutgoingMessage,
  user: SignIn,
  stopIfCancelled: () => void,
): Promise<Message> {
  await ensureKnownDirect(change, message.conversationId, user.userId)
  const { conversation, member } = await requireMember(change, message.conversationId, user.userId)
  await refuseMentionAll(change, conversation, message)
  const draft = await draftOf(change, message, user)
  const former = await change.get('messageKeys', [conversation.id, draft.clientKey])
  const sent = former && (await change.get('messages', [conversation.id, former.seq]))
  if (sent) return sent.message
  stopIfCancelled()
  const { message: written, conversation: grown } = await appendMessage(change, conversation, draft)
  await readByWriting(change, conversation, grown, member)
  await noteMentions(change, grown, message, user)
  return written
}

async function draftOf(
  reading: Reading,
  message: OutgoingMessage,
  { userId }: SignIn,
): Promise<Draft & { readonly clientKey: string }> {
  const { conversationId: _conversation, clientId, forwardOf: _origin, ...body } = message
  const sender = await reading.get('users', userId)
  return {
    ...compact({ senderName: sender?.name, senderAvatar: sender?.avatar }),
    senderId: userId,
    body,
    clientKey: clientKey(userId, clientId),
  }
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

/** Hands a message that is never stored to whoever is there (C9). */
async function pass(caller: Caller, message: OutgoingMessage, user: SignIn): Promise<Message> {
  const { engine } = caller
  const passed = await engine.read(async (reading): Promise<Message> => {
    const { conversation } = await requireMember(reading, message.conversationId, user.userId)
    await refuseMentionAll(reading, conversation, message)
    const { body, clientKey: key, ...sender } = await draftOf(reading, message, user)
    return { ...body, ...sender, conversationId: conversation.id, keys: [key], sentAt: engine.clock.now() }
  })
  engine.channel.post({ kind: 'message', message: passed })
  return passed
}
