import type { Message, MessageBody, UserId } from '../../model'
import { requireKeptMessage, tellChanged } from './changeMessage'
import type { Target } from './changeMessage'
import { checkedEdit, checkedRef } from './checkedMessage'
import { checkedNumber, checkedOptional, checkedRecord } from './checkedValues'
import type { Engine } from './engine'
import type { FileStore } from './fileStore'
import { LIMITS } from './limits'
import type { Change } from './log'
import { renewMentions } from './mentions'
import { refusals } from './refusals'
import { requireRelation } from './relations'
import type { RelationPolicy } from './rules'
import { refuseMentionAll, withStoredFiles } from './sendMessage'
import { shownMessage } from './shown'
import type { Reading } from './storage/storage'
import { requireVoice } from './voice'

type Body = Pick<MessageBody, 'parts' | 'mentions'>

/** Puts other words into a message, if nobody has done so since the version it is based on (E2). */
export async function editMessage(
  engine: Engine,
  files: FileStore,
  userId: UserId,
  message: unknown,
  body: unknown,
): Promise<Message> {
  const ref = checkedRef(message)
  const { revision } = checkedRecord(message, 'the message')
  const base = checkedOptional(revision, (number) => checkedNumber(number, 'revision')) ?? 0
  const checked = checkedEdit(body, ref)
  const policy = engine.rules.relations
  // Before any upload.
  await engine.read(async (reading) => {
    const target = await requireKeptMessage(reading, userId, ref)
    requireEditable(target, engine.clock.now())
    await requireHearing(reading, target, policy, engine.clock.now())
  })
  const stored = await withStoredFiles(files, checked, () => undefined)
  return engine.write((change) => write(change, { userId, ref, base, body: stored, policy }))
}

/** What is to become of which message, by whom. */
interface Edit {
  readonly userId: UserId
  readonly ref: unknown
  /** The version it is based on. */
  readonly base: number
  readonly body: Body
  readonly policy: RelationPolicy | undefined
}

async function write(change: Change, { userId, ref, base, body, policy }: Edit): Promise<Message> {
  const target = await requireKeptMessage(change, userId, ref)
  const { conversation, row } = target
  requireEditable(target, change.at)
  const { mentions: former, ...rest } = row.message
  const revision = row.message.revision ?? 0
  // The same edit made again, as after an answer that got lost.
  if (revision > 0 && isSame(row.message, body)) return shownMessage(row, userId)
  if (base !== revision) throw refusals.editConflict(shownMessage(row, userId))
  await requireHearing(change, target, policy, change.at)
  await refuseMentionAll(change, conversation, body)
  const edited = { ...row, message: { ...rest, ...body, revision: revision + 1 } }
  await change.put('messages', edited)
  await renewMentions(change, conversation, former, body.mentions)
  tellChanged(change, row, 'edited')
  return shownMessage(edited, userId)
}

function requireEditable({ member, row: { message } }: Target, at: number): void {
  if (message.recalled) throw refusals.messageRecalled()
  if (message.senderId !== member.userId) throw refusals.notMyMessage()
  // A notice is the service's own word, whoever it names.
  if (message.parts.some((part) => part.kind === 'notice')) throw refusals.notMyMessage()
  if (at - message.sentAt > LIMITS.editWindowMs) throw refusals.editTooLate()
}

/** Other words are said as new ones are: whoever may not speak, or not to this one, does not speak by way of an edit. */
async function requireHearing(
  reading: Reading,
  { conversation, member }: Target,
  policy: RelationPolicy | undefined,
  at: number,
): Promise<void> {
  await requireVoice(reading, conversation, member, at)
  await requireRelation(reading, conversation, member.userId, policy)
}

function isSame(message: Body, body: Body): boolean {
  return wordsOf(message) === wordsOf(body)
}

function wordsOf({ parts, mentions }: Body): string {
  return JSON.stringify([parts, mentions?.userIds ?? [], mentions?.isAll ?? false])
}
