import { expect } from 'storybook/test'
import type { Message, Part, PartKind } from 'vue-parley/core'
import { useOutboxStore } from 'vue-parley/headless'
import type { RowState } from 'vue-parley/headless'
import { ARCHIVE_ID } from './archive'
import { kindSamples } from './kindSamples'
import { eventually } from './reader'
import { setArchiveStages } from './stage'
import type { ArchiveStage } from './stage'

const arrived = ['edited', 'reacted', 'answering', 'burning', 'recalled', 'unloaded'] as const
const receipts = ['read', 'delivered', 'sent'] as const
const departing = ['failed', 'unsure', 'sending', 'queued'] as const
const withFile = ['uploading'] as const

const all: readonly RowState[] = [...arrived, ...receipts, ...departing]
const ofMedia: readonly RowState[] = [...all, ...withFile]

/** The states the messages of a kind can be in; a kind without them does not compile. */
export const statesOfKinds: Readonly<Record<PartKind, readonly RowState[]>> = {
  text: [...all, 'growing'],
  image: ofMedia,
  video: ofMedia,
  audio: ofMedia,
  file: ofMedia,
  face: all,
  location: all,
  call: all,
  card: all,
  merged: all,
  custom: all,
  // Nobody sends what nobody knows, but another device of one's own may have sent it.
  unsupported: [...arrived, ...receipts],
  // The backend says them: they are nobody's, and stay as they are.
  notice: [],
}

const notices: readonly Part[] = [
  { kind: 'notice', about: 'created', byId: 'bob' },
  { kind: 'notice', about: 'joined', userIds: ['bob'] },
  { kind: 'notice', about: 'invited', byId: 'bob', userIds: ['alice'] },
  { kind: 'notice', about: 'left', byId: 'bob' },
  { kind: 'notice', about: 'kicked', byId: 'alice', userIds: ['bob'] },
  { kind: 'notice', about: 'other', text: '系统维护 Maintenance at six' },
]

/** What a message of a kind holds. */
function samplesOf(kind: PartKind): readonly (readonly Part[])[] {
  // Several notices in a row are folded into one line.
  if (kind === 'notice')
    return notices.flatMap((notice) => [[notice], [{ kind: 'text', text: '好 All right' }]])
  if (kind === 'unsupported') return [[{ kind, wireKind: 'hologram', fallback: 'A hologram' }]]
  return kindSamples[kind]
}

/** A picture of one's own, so that nothing is fetched. */
async function drawPicture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(320, 160)
  const brush = canvas.getContext('2d')
  if (!brush) throw new Error('this browser draws nothing')
  const sky = brush.createLinearGradient(0, 0, 0, 160)
  sky.addColorStop(0, 'oklch(0.8 0.09 230)')
  sky.addColorStop(1, 'oklch(0.55 0.1 165)')
  brush.fillStyle = sky
  brush.fillRect(0, 0, 320, 160)
  return canvas.convertToBlob()
}

/** Bob's messages of one kind in every state, then Alice's own, in each language. */
export async function setRowStateStages(
  kind: PartKind,
  localeTags: readonly string[],
): Promise<readonly ArchiveStage[]> {
  const urls = new Map<string, string>()
  const asReceived = (part: Part): Part => {
    if (!('file' in part) || part.file.at !== 'local') return part
    const { name, bytes, mime, value } = part.file
    urls.set(name, URL.createObjectURL(value as Blob))
    return { ...part, file: { at: 'remote', key: name, name, bytes, mime } }
  }
  const picture = URL.createObjectURL(await drawPicture())
  const samples = samplesOf(kind).map((parts) => parts.map(asReceived))
  const states = statesOfKinds[kind]
  const [parts = []] = samples
  const history: readonly Partial<Message>[] = [
    ...samples.map((one) => ({ senderId: 'bob', parts: one })),
    ...traits.filter(({ state }) => states.includes(state)).map(({ traits }) => ({ parts, ...traits })),
    ...(states.includes('growing') ? [{ senderId: 'bob', parts: growing }] : []),
    ...(states.includes('read') ? receipts.map(() => ({ senderId: 'alice', parts })) : []),
  ]
  const stages = await setArchiveStages(
    {
      count: history.length,
      traitsOf: (seq) => history[seq - 1] ?? {},
      urlOf: (key) => urls.get(key) ?? (key.startsWith('picture:') ? picture : undefined),
    },
    localeTags,
  )
  const [leaving = []] = samplesOf(kind)
  await Promise.all(
    stages.map(async (stage) => {
      if (states.includes('read')) tellReceipts(stage, history.length)
      if (states.includes('queued')) await sendInEveryWay(stage, leaving)
    }),
  )
  return stages
}

const growing: readonly Part[] = [{ kind: 'text', text: 'Here is what I found: 我找到了', growth: 'going' }]

const traits: readonly { readonly state: RowState; readonly traits: Partial<Message> }[] = [
  { state: 'edited', traits: { senderId: 'bob', revision: 1 } },
  {
    state: 'reacted',
    traits: {
      senderId: 'bob',
      reactions: [{ key: '🎉', count: 2, isMine: true, someIds: ['alice', 'bob'] }],
    },
  },
  {
    state: 'answering',
    traits: {
      senderId: 'bob',
      replyTo: { ref: { conversationId: ARCHIVE_ID, keys: ['seq:1'] }, abstract: 'Two kettles 水壶' },
    },
  },
  { state: 'burning', traits: { senderId: 'bob', burnAfterMs: 3_600_000 } },
  { state: 'recalled', traits: { senderId: 'bob', recalled: { byId: 'bob' } } },
  { state: 'unloaded', traits: { senderId: 'bob', parts: [] } },
]

/** Bob has read all but the newest two of Alice's, and received all but the newest. */
function tellReceipts({ archive }: ArchiveStage, count: number): void {
  const upTo = (state: 'read' | 'delivered', seq: number) =>
    ({
      kind: 'upTo',
      conversationId: ARCHIVE_ID,
      userId: 'bob',
      state,
      point: {
        message: { conversationId: ARCHIVE_ID, keys: [`seq:${seq}`], order: { major: seq } },
      },
    }) as const
  archive.tell({
    type: 'receipt.received',
    receipts: [upTo('read', count - 2), upTo('delivered', count - 1)],
  })
}

/** One is refused, of one nobody knows, one is on its way, and one waits behind it. */
async function sendInEveryWay({ kit, archive, clock }: ArchiveStage, parts: readonly Part[]): Promise<void> {
  const outbox = useOutboxStore(kit.pinia)
  const send = () => kit.dispatch({ type: 'sendMessage', conversationId: ARCHIVE_ID, parts })
  const sendUntil = async (wanted: 'failed' | 'unsure') => {
    await send()
    await eventually(() => expect([...outbox.itemById.values()].map(({ state }) => state)).toContain(wanted))
  }
  archive.refuse({ code: 'no', kind: 'forbidden' })
  await sendUntil('failed')
  archive.refuse({ code: 'cut', kind: 'invalid', effect: 'unknown' })
  // Nobody wants to wait as long as the kit asks before it gives up.
  clock.runAt(200)
  await sendUntil('unsure')
  clock.runAt(1)
  archive.refuse('never-answers')
  await send()
  await send()
}
