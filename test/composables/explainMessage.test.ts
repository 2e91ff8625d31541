import { describe, expect, it } from 'vitest'
import { explainMessage } from '../../src/composables/explainMessage'
import type { CheckSurroundings } from '../../src/composables/explainMessage'
import type { TimelineEntry } from '../../src/core/timeline'
import { createTranslator, en } from '../../src/i18n'
import zhCN from '../../src/i18n/locales/zh-CN'
import { ChatError } from '../../src/model'
import { aMessage } from '../support/builders'

const { t } = createTranslator(en)
const failed = (kind: ChatError['kind']): TimelineEntry['outbox'] => ({
  state: 'failed',
  error: new ChatError({ code: 1, kind }),
})
const direct: CheckSurroundings = {
  ownId: 'ada',
  session: { state: 'online', isCatchingUp: false, hasContinuity: true },
  conversation: { id: 'c1', kind: 'direct', peerId: 'bo' },
  group: undefined,
  status: 'sent',
  peer: 'known',
  presence: 'unknown',
  hasListener: true,
}
const inGroup: CheckSurroundings = {
  ...direct,
  conversation: { id: 'c1', kind: 'group', groupId: 'g', incarnation: '1' },
  group: { id: 'g', type: 'work', state: 'joined' },
}
const kicked = { state: 'kicked', by: 'other-device' } as const
const own = (parts = aMessage().parts) => aMessage({ senderId: 'ada', parts })
const blank = own([{ kind: 'text', text: ' \n' }])

type Row = readonly [
  key: string,
  verdict: string,
  around: CheckSurroundings,
  outbox?: TimelineEntry['outbox'],
  message?: typeof blank,
]
const table: readonly Row[] = [
  ['connection', 'ok', direct],
  ['connection', 'unknown', { ...direct, session: { state: 'reconnecting' } }],
  ['connection', 'bad', { ...direct, session: { state: 'offline' } }],
  ['account', 'ok', direct],
  ['account', 'unknown', { ...direct, session: { state: 'offline' } }],
  ['account', 'bad', { ...direct, session: kicked }],
  ['sent', 'ok', direct],
  ['sent', 'unknown', { ...direct, status: 'queued' }],
  ['sent', 'bad', { ...direct, status: 'failed' }],
  ['peer', 'bad', { ...direct, peer: 'missing' }],
  ['presence', 'bad', { ...direct, presence: 'offline' }],
  ['membership', 'ok', inGroup],
  ['membership', 'bad', { ...inGroup, group: { id: 'g', type: 'work', state: 'not-joined' } }],
  ['membership', 'bad', { ...inGroup, status: 'failed' }, failed('not-member')],
  ['membership', 'unknown', { ...inGroup, group: undefined }],
  ['incarnation', 'ok', inGroup],
  ['incarnation', 'bad', { ...inGroup, group: { id: 'g', type: 'work', state: 'dissolved' } }],
  ['incarnation', 'unknown', { ...inGroup, conversation: { id: 'c1', kind: 'group', groupId: 'g' } }],
  ['content', 'ok', direct],
  ['content', 'bad', direct, undefined, blank],
  ['content', 'bad', direct, undefined, own([])],
  ['content', 'unknown', direct, undefined, own([{ kind: 'unsupported', wireKind: 'x' }])],
  ['rate', 'ok', direct],
  ['rate', 'unknown', { ...direct, status: 'queued' }],
  ['rate', 'bad', { ...direct, status: 'failed' }, failed('too-often')],
  ['blocked', 'unknown', direct],
  ['blocked', 'ok', { ...direct, status: 'delivered' }],
  ['blocked', 'bad', { ...direct, status: 'failed' }, failed('blocked')],
  ['blocked', 'bad', { ...direct, status: 'failed' }, failed('not-related')],
  ['listener', 'ok', direct],
  ['listener', 'bad', { ...direct, hasListener: false }],
  ['listener', 'unknown', { ...direct, hasListener: undefined }],
]

describe('the steps of a message that did not arrive', () => {
  it.each(table.map((row) => ({ row, name: `${row[0]}: ${row[1]}` })))('say of $name', ({ row }) => {
    const [key, verdict, around, outbox, message = own()] = row
    const { steps } = explainMessage(t, { message, ...(outbox && { outbox }) }, around)
    expect(steps.find((step) => step.key === key)).toMatchObject({ verdict })
  })

  it('name the account', () => {
    const { steps } = explainMessage(t, { message: own() }, direct)
    expect(steps.find(({ key }) => key === 'account')?.words).toBe('Signed in as ada.')
  })

  it('tell where the message is', () => {
    const where = (outbox: TimelineEntry['outbox'], status: CheckSurroundings['status'], message = own()) =>
      explainMessage(t, { message, ...(outbox && { outbox }) }, { ...direct, status }).where
    expect(where({ state: 'queued' }, 'queued')).toBe('queued')
    expect(where({ state: 'cancelled' }, 'sent')).toBe('cancelled')
    expect(where(undefined, 'read')).toBe('read')
    expect(where(undefined, undefined, aMessage({ senderId: 'bo' }))).toBe('received')
  })

  it('have words of their own in every language', () => {
    const words = [en, zhCN].map((locale) =>
      explainMessage(createTranslator(locale).t, { message: own() }, inGroup).steps.map((step) => step.words),
    )
    expect(words[0]).toHaveLength(9)
    expect(words[0]).not.toEqual(words[1])
  })
})
