import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shallowRef } from 'vue'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { useComposer } from '../../src/composables'
import type { ComposerView } from '../../src/composables'
import { ChatError } from '../../src/model'
import type { Limits, LocalFile, Message, OutgoingMessage, Part, Verdict } from '../../src/model'
import { useConversationStore, useTimelineStore } from '../../src/stores'
import { createFakeClock, settle } from '../support/fakeClock'
import type { FakeClock } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedPlatform } from '../support/scriptedPlatform'
import type { ScriptedPlatform } from '../support/scriptedPlatform'
import { aTask, createScriptedTransport } from '../support/scriptedTransport'
import type { ScriptedTransport } from '../support/scriptedTransport'

let backend: ScriptedTransport
let kit: ChatKit
let clock: FakeClock
let platform: ScriptedPlatform
let view: ComposerView
let stop: () => void
let limits: Limits
let verdict: Verdict
let sent: OutgoingMessage[]
const id = shallowRef('c1')

beforeEach(() => {
  id.value = 'c1'
  limits = { messageBytes: 100, fileBytes: 1_000 }
  verdict = 'yes'
  sent = []
  clock = createFakeClock()
  platform = createScriptedPlatform()
  backend = createScriptedTransport({
    can: () => verdict,
    limits: () => limits,
    messages: { send: (message) => (sent.push(message), aTask(new Promise(() => {}))) },
  })
  const logger = createRecordingLogger()
  kit = createChatKit({ transport: backend.transport, userId: 'alice', clock, platform, logger })
  backend.goOnline()
  ;({ view, stop } = runInKit(kit, () => useComposer(id)))
})
afterEach(async () => {
  stop()
  await kit.dispose()
})

/** The backend takes less than it told, so what looks sendable is refused. */
function refuseWhatIsSent(): void {
  expect(view.canSend.value).toBe(true)
  limits = { messageBytes: 1 }
}

function allow(next: Verdict): void {
  verdict = next
  backend.tell({ type: 'abilities.changed' })
}

const aFile = (name: string, type = 'image/png', bytes = 10) =>
  new File([new Uint8Array(bytes)], name, { type })
const queuedParts = (): readonly (readonly Part[])[] =>
  (useTimelineStore(kit.pinia).timelineById.get('c1')?.entries() ?? []).map(({ message }) => message.parts)
const size = { width: 4, height: 3 }

describe('what is written', () => {
  it('is kept a conversation', () => {
    view.text.value = 'for the first'
    id.value = 'c2'
    expect(view.text.value).toBe('')
    view.text.value = 'for the second'
    id.value = 'c1'
    expect(view.text.value).toBe('for the first')
  })

  it('begins with the draft that the backend keeps', () => {
    backend.tell({
      type: 'conversation.changed',
      conversations: [{ id: 'c1', kind: 'direct', draft: 'begun elsewhere' }],
    })
    expect(view.text.value).toBe('begun elsewhere')
  })

  it('is emptied at once when it is sent', async () => {
    view.text.value = 'hello'
    view.send()
    expect(view.text.value).toBe('')
    await settle()
    expect(queuedParts()).toEqual([[{ kind: 'text', text: 'hello' }]])
    expect(sent).toHaveLength(1)
  })

  it('comes back, and says why, when sending is refused', async () => {
    view.text.value = 'too long for it'
    refuseWhatIsSent()
    view.send()
    await settle()
    expect(view.text.value).toBe('too long for it')
    expect(view.error.value).toMatchObject({ kind: 'too-large' })
    expect(queuedParts()).toEqual([])
    view.text.value = 'shorter'
    expect(view.error.value).toBeUndefined()
  })

  it('does not come back over what is typed meanwhile', async () => {
    view.text.value = 'too long for it'
    refuseWhatIsSent()
    view.send()
    view.text.value = 'next'
    await settle()
    expect(view.text.value).toBe('next')
    expect(view.error.value).toMatchObject({ kind: 'too-large' })
  })

  it('comes back to its own conversation, though another one is open by then', async () => {
    view.text.value = 'too long for it'
    refuseWhatIsSent()
    view.send()
    id.value = 'c2'
    await settle()
    expect(view.text.value).toBe('')
    expect(useConversationStore(kit.pinia).draftOf('c1').text).toBe('too long for it')
  })

  it('is not sent while it is empty or too long', async () => {
    for (const text of ['', ' \n ', '\u0000', 'x'.repeat(101)]) {
      view.text.value = text
      expect(view.canSend.value).toBe(false)
      view.send()
    }
    await settle()
    expect(view.bytesLeft.value).toBe(-1)
    expect(queuedParts()).toEqual([])
    view.text.value = '中'.repeat(33)
    expect(view.bytesLeft.value).toBe(1)
    expect(view.canSend.value).toBe(true)
  })

  it('is free again when a mute ends by itself, which nobody tells', async () => {
    allow(new ChatError({ code: 'muted', kind: 'muted', untilAt: clock.now() + 60_000 }))
    await settle()
    expect(view.isReadOnly.value).toBe(true)
    // The backend would say so now, if it were asked.
    verdict = 'yes'
    expect(view.isReadOnly.value).toBe(true)
    await clock.advance(60_001)
    expect(view.isReadOnly.value).toBe(false)
  })

  it('cannot be sent where one may not write, but waits where only the connection is missing', () => {
    view.text.value = 'hello'
    allow(new ChatError({ code: 'muted', kind: 'muted' }))
    expect([view.canSend.value, view.isReadOnly.value]).toEqual([false, true])
    expect(view.error.value).toMatchObject({ kind: 'muted' })
    allow(new ChatError({ code: 'no-line', kind: 'offline' }))
    expect([view.canSend.value, view.isReadOnly.value]).toEqual([true, false])
    expect(view.error.value).toBeUndefined()
  })
})

describe('pictures that are made smaller', () => {
  it('leave as they were made, where the app asked for that', async () => {
    const asked: unknown[] = []
    const shrinkImage = async (file: LocalFile, options: unknown) => {
      asked.push([file.name, options])
      return file.name === 'large.png' ? { ...file, bytes: 5, value: 'small' } : undefined
    }
    const images = { longestSide: 1_000 }
    const { view: other, stop: end } = runInKit(
      { ...kit, images, platform: { ...platform, shrinkImage } },
      () => useComposer(id),
    )
    other.addFiles([aFile('large.png', 'image/png', 5_000), aFile('b.png'), aFile('notes.txt', 'text/plain')])
    await settle()
    platform.finishReading('large.png', size)
    platform.finishReading('b.png', size)
    await settle()
    expect(other.attachments.value.map(({ file }) => file.bytes)).toEqual([5, 10, 10])
    expect(asked).toEqual([
      ['large.png', images],
      ['b.png', images],
    ])
    end()
  })
})

describe('pictures of the next message', () => {
  const names = () => view.attachments.value.map(({ file }) => file.name)

  it('stand in the order chosen, however long each takes to read', async () => {
    view.addFiles([aFile('a.png'), aFile('b.png'), aFile('c.png')])
    for (const name of ['c.png', 'a.png', 'b.png']) {
      platform.finishReading(name, size)
      await settle()
    }
    expect(names()).toEqual(['a.png', 'b.png', 'c.png'])
    view.removeAttachment(1)
    expect(names()).toEqual(['a.png', 'c.png'])
  })

  it('go out before the text, as one message with their size', async () => {
    view.addFiles([aFile('a.png')])
    platform.finishReading('a.png', size)
    await settle()
    view.text.value = 'look'
    view.send()
    await settle()
    expect(names()).toEqual([])
    expect(queuedParts()).toMatchObject([
      [
        { kind: 'image', width: 4, height: 3, file: { name: 'a.png' } },
        { kind: 'text', text: 'look' },
      ],
    ])
  })

  it('can go without a word, and stay when sending is refused', async () => {
    view.addFiles([aFile('a.png')])
    platform.finishReading('a.png', size)
    await settle()
    expect(view.canSend.value).toBe(true)
    view.text.value = 'xx'
    refuseWhatIsSent()
    view.send()
    await settle()
    expect(names()).toEqual(['a.png'])
    view.text.value = ''
    view.send()
    await settle()
    expect(queuedParts()).toMatchObject([[{ kind: 'image' }]])
  })

  it('are taken as what they are, and those that cannot be sent are refused in words', async () => {
    view.addFiles([
      aFile('notes.txt', 'text/plain'),
      aFile('a.png'),
      aFile('broken.png'),
      aFile('film.mp4', 'video/mp4'),
      aFile('nothing.txt', 'text/plain', 0),
    ])
    platform.finishReading('a.png', size)
    platform.finishReading('broken.png')
    await settle()
    expect(view.attachments.value.map(({ kind }) => kind)).toEqual(['file', 'image', 'file', 'video'])
    expect(view.error.value).toMatchObject({ code: 'file-empty' })
    for (let left = 4; left > 0; left--) if (names()[0] !== 'a.png') view.removeAttachment(0)
    while (names().length > 1) view.removeAttachment(1)
    allow(new ChatError({ code: 'no-files', kind: 'unsupported' }))
    view.addFiles([aFile('notes.txt', 'text/plain')])
    await settle()
    expect(names()).toEqual(['a.png'])
    allow('yes')
    view.addFiles([aFile('huge.png', 'image/png', 1_001)])
    await settle()
    expect(names()).toEqual(['a.png'])
    expect(view.error.value).toMatchObject({ kind: 'too-large' })
  })

  it('belong to the conversation in which they were chosen', async () => {
    view.text.value = 'for the first'
    view.addFiles([aFile('a.png')])
    id.value = 'c2'
    view.text.value = 'for the second'
    platform.finishReading('a.png', size)
    await settle()
    expect(names()).toEqual([])
    id.value = 'c1'
    expect(names()).toEqual(['a.png'])
    expect(view.text.value).toBe('for the first')
  })
})

describe('typing notes', () => {
  it('are told at most every three seconds, and end after five quiet ones', async () => {
    for (let key = 0; key < 4; key++) {
      view.noteTyping()
      await clock.advance(1_000)
    }
    expect(backend.typing).toEqual([true, true])
    await clock.advance(3_900)
    expect(backend.typing).toEqual([true, true])
    await clock.advance(200)
    expect(backend.typing).toEqual([true, true, false])
    view.noteTyping()
    await settle()
    expect(backend.typing).toEqual([true, true, false, true])
  })

  it('end with the message', async () => {
    view.text.value = 'hello'
    view.noteTyping()
    view.send()
    await settle()
    expect(backend.typing).toEqual([true, false])
    await clock.advance(10_000)
    expect(backend.typing).toEqual([true, false])
  })

  it('end when another conversation is opened, and when the composer goes', async () => {
    view.noteTyping()
    id.value = 'c2'
    await settle()
    expect(backend.typing).toEqual([true, false])
    view.noteTyping()
    stop()
    await settle()
    expect(backend.typing).toEqual([true, false, true, false])
  })
})

const anOwnMessage: Message = {
  conversationId: 'c1',
  keys: ['m1'],
  order: { major: 1 },
  senderId: 'alice',
  sentAt: 1,
  delivery: 'stored',
  parts: [
    { kind: 'face', key: 'cat' },
    { kind: 'text', text: 'At sevn' },
  ],
}

describe('an answer', () => {
  it('says what it answers, is kept with the draft, and ends when it is sent', async () => {
    view.reply(anOwnMessage)
    expect(view.replyTo.value).toEqual({
      ref: { conversationId: 'c1', keys: ['m1'], order: { major: 1 }, sentAt: 1, senderId: 'alice' },
      abstract: 'Sticker At sevn',
    })
    id.value = 'c2'
    expect(view.replyTo.value).toBeUndefined()
    id.value = 'c1'
    view.text.value = 'Fine'
    view.send()
    await settle()
    expect(sent[0]?.replyTo?.ref.keys).toEqual(['m1'])
    expect(view.replyTo.value).toBeUndefined()
  })

  it('is one no longer when the person leaves it', () => {
    view.text.value = 'Fine'
    view.reply(anOwnMessage)
    view.reply(undefined)
    expect(view.replyTo.value).toBeUndefined()
    expect(view.text.value).toBe('Fine')
  })
})

describe('a message that burns', () => {
  it('is one for as long as the draft says so, and the next one lasts', async () => {
    expect(view.burnAfterMs.value).toBeUndefined()
    view.setBurnAfter(10_000)
    expect(view.burnAfterMs.value).toBe(10_000)
    view.text.value = 'the code is 4711'
    view.send()
    await settle()
    expect(sent.at(-1)?.burnAfterMs).toBe(10_000)
    expect(view.burnAfterMs.value).toBeUndefined()
    view.setBurnAfter(10_000)
    view.setBurnAfter(undefined)
    expect(view.burnAfterMs.value).toBeUndefined()
  })
})

describe('a change of a message', () => {
  const edits: { message: Message; parts: readonly Part[] }[] = []
  const editing = shallowRef<Message>()
  let answer: () => Promise<Message>

  beforeEach(() => {
    stop()
    edits.length = 0
    editing.value = undefined
    backend.transport.messages.edit = (message, { parts }) => {
      edits.push({ message, parts })
      return answer()
    }
    ;({ view, stop } = runInKit(kit, () =>
      useComposer(id, { editing: () => editing.value, onEdited: () => (editing.value = undefined) }),
    ))
    answer = async () => ({ ...anOwnMessage, revision: 1 })
  })

  it('begins with its words, leaves the draft alone and keeps what is no text', async () => {
    view.text.value = 'a draft'
    editing.value = anOwnMessage
    expect(view.text.value).toBe('At sevn')
    expect(view.canSend.value).toBe(false)
    view.text.value = 'At seven'
    expect(view.canSend.value).toBe(true)
    view.send()
    await settle()
    expect(edits.map(({ parts }) => parts)).toEqual([
      [
        { kind: 'face', key: 'cat' },
        { kind: 'text', text: 'At seven' },
      ],
    ])
    expect(editing.value).toBeUndefined()
    expect(view.text.value).toBe('a draft')
  })

  it('stays with its words where it is refused', async () => {
    answer = async () => Promise.reject(new ChatError({ code: 'late', kind: 'too-late' }))
    editing.value = anOwnMessage
    view.text.value = 'At seven'
    view.send()
    await settle()
    expect(view.error.value?.kind).toBe('too-late')
    expect(view.text.value).toBe('At seven')
    expect(editing.value).toBe(anOwnMessage)
  })

  it('that meets another change shows it, and one of both stays', async () => {
    const theirs: Message = { ...anOwnMessage, revision: 3, parts: [{ kind: 'text', text: 'At eight' }] }
    answer = async () => Promise.reject(new ChatError({ code: 'c', kind: 'conflict', latest: theirs }))
    editing.value = anOwnMessage
    view.text.value = 'At seven'
    view.send()
    await settle()
    expect(view.conflict.value).toEqual(theirs)
    expect(view.canSend.value).toBe(false)
    answer = async () => theirs
    view.settle('keep-mine')
    await settle()
    expect(edits.at(-1)?.message).toEqual(theirs)
    expect(edits.at(-1)?.parts).toEqual([{ kind: 'text', text: 'At seven' }])
    expect(editing.value).toBeUndefined()
  })

  it('may go on from what the other has made of it', async () => {
    const theirs: Message = { ...anOwnMessage, revision: 3, parts: [{ kind: 'text', text: 'At eight' }] }
    answer = async () => Promise.reject(new ChatError({ code: 'c', kind: 'conflict', latest: theirs }))
    editing.value = anOwnMessage
    view.text.value = 'At seven'
    view.send()
    await settle()
    view.settle('take-theirs')
    expect(view.text.value).toBe('At eight')
    expect(view.conflict.value).toBeUndefined()
  })
})
