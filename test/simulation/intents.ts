import type { ConversationId, Message, Part } from '../../src/model'
import type { Random } from '../../src/core/random'
import type { Written } from './record'
import type { Stage } from './story'
import type { Row, Tab } from './tab'

/** Something a person does. */
type Wish = (stage: Stage) => void | Promise<void>

/** What people do, and how often. */
const WISHES: readonly (readonly [weight: number, wish: Wish])[] = [
  [34, inSome((stage, tab, id) => stage.write(tab, id))],
  [6, inSome((stage, tab, id) => load(stage, tab, id, 'newest'))],
  [8, inSome((stage, tab, id) => load(stage, tab, id, 'older'))],
  [2, inSome((stage, tab, id) => load(stage, tab, id, 'newer'))],
  [4, inSome(fillGap)],
  [3, inSome(goTo)],
  [6, onOwn(edit)],
  [
    3,
    onOwn((stage, tab, { message }, of) =>
      stage.act(tab, { kind: 'recall', of }, { type: 'recallMessage', message }),
    ),
  ],
  [4, onAny(remove)],
  [8, onAny(react)],
  [8, onAny(read)],
  [1, inSome(clear)],
  [3, inSome((stage, tab, conversationId) => void stage.want(tab, { type: 'resendAll', conversationId }))],
  [2, withTab(dropOne)],
  [5, withTab((stage, tab) => stage.goOffline(tab))],
  [9, withTab((stage, tab) => stage.goOnline(tab))],
  [4, withTab((stage, tab) => stage.kill(tab))],
  [6, openAnother],
]

const TOTAL = WISHES.reduce((sum, [weight]) => sum + weight, 0)
const REACTIONS = ['like', 'heart', 'laugh']

/** What comes next. */
export function pickIntent(random: Random): Wish {
  let place = random.between(0, TOTAL - 1)
  const found = WISHES.find(([weight]) => (place -= weight) < 0)
  return found ? found[1] : () => {}
}

function withTab(work: (stage: Stage, tab: Tab) => void | Promise<void>): Wish {
  return (stage) => (stage.tabs.length > 0 ? work(stage, stage.random.pick(stage.tabs)) : undefined)
}

function inSome(work: (stage: Stage, tab: Tab, id: ConversationId) => void): Wish {
  return withTab((stage, tab) => {
    const own = stage.conversations.filter(({ memberIds }) => memberIds.includes(tab.userId))
    work(stage, tab, stage.random.pick(own).id)
  })
}

type OnRow = (stage: Stage, tab: Tab, row: Row, of: Written) => void

/** On a message that the backend has and that is not recalled. */
function onRow(fits: (message: Message, userId: string) => boolean, work: OnRow): Wish {
  return inSome((stage, tab, id) => {
    const rows = tab.rows(id).flatMap((row) => {
      const of = stage.record.find(row.message.keys, undefined)
      const isFit = row.isPlaced && !row.message.recalled && fits(row.message, tab.userId)
      return of && isFit ? [{ row, of }] : []
    })
    if (rows.length === 0) return
    const { row, of } = stage.random.pick(rows)
    work(stage, tab, row, of)
  })
}

function onAny(work: OnRow): Wish {
  return onRow(() => true, work)
}

function onOwn(work: OnRow): Wish {
  return onRow(({ senderId }, userId) => senderId === userId, work)
}

function load(
  stage: Stage,
  tab: Tab,
  conversationId: ConversationId,
  direction: 'newest' | 'older' | 'newer',
): void {
  void stage.want(tab, { type: 'loadHistory', conversationId, direction })
}

function fillGap(stage: Stage, tab: Tab, conversationId: ConversationId): void {
  const below = tab.rows(conversationId).find(({ isBelowGap }) => isBelowGap)
  if (!below) return
  void stage.want(tab, { type: 'loadHistory', conversationId, direction: 'older', beside: below.message })
}

function goTo(stage: Stage, tab: Tab, conversationId: ConversationId): void {
  const known = stage.tabs.flatMap((other) => other.rows(conversationId)).filter(({ isPlaced }) => isPlaced)
  if (known.length === 0) return
  const { message } = stage.random.pick(known)
  const to = stage.random.chance(0.3) ? { at: message.sentAt } : { message }
  void stage.want(tab, { type: 'goTo', conversationId, to })
}

function edit(stage: Stage, tab: Tab, { message }: Row, of: Written): void {
  const text = `${of.text} as ${tab.name} has it at ${stage.record.now()}`
  const parts: Part[] = [{ kind: 'text', text }]
  stage.act(tab, { kind: 'edit', of, text }, { type: 'editMessage', message, body: { parts } })
}

function remove(stage: Stage, tab: Tab, { message }: Row, of: Written): void {
  const { conversationId } = message
  stage.act(tab, { kind: 'delete', of }, { type: 'deleteMessages', conversationId, refs: [message] })
}

function react(stage: Stage, tab: Tab, { message }: Row, of: Written): void {
  const before = (message.reactions ?? []).flatMap(({ key, isMine }) => (isMine ? [key] : []))
  const key = stage.random.pick(REACTIONS)
  const after = (before.includes(key) ? before.filter((it) => it !== key) : [...before, key]).sort()
  stage.act(tab, { kind: 'react', of, after }, { type: 'setReactions', ref: message, before, after })
}

function read(stage: Stage, tab: Tab, { message }: Row): void {
  const { conversationId, order } = message
  const upTo = order?.major ?? 0
  stage.act(tab, { kind: 'read', conversationId, upTo }, { type: 'markRead', conversationId, upTo: message })
}

function clear(stage: Stage, tab: Tab, conversationId: ConversationId): void {
  stage.act(tab, { kind: 'clear', conversationId }, { type: 'clearHistory', conversationId })
}

function dropOne(stage: Stage, tab: Tab): void {
  const own = tab
    .waiting()
    .find(({ state, command }) => command.type === 'sendMessage' && state !== 'sending')
  const of = own && stage.record.find([own.id], undefined)
  if (!own || !of) return
  of.isDropped = true
  void stage.want(tab, { type: 'dropMessage', conversationId: of.conversationId, rowKey: own.id })
}

function openAnother(stage: Stage): void {
  const userId = stage.random.pick(stage.people)
  if (stage.tabs.filter((tab) => tab.userId === userId).length < 2) stage.openTab(userId)
}
