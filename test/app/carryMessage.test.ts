import { describe, expect, it } from 'vitest'
import { createCarrier } from '../../src/app/carryMessage'
import { ChatError } from '../../src/model'
import type { LocalFile, Message, OutgoingMessage, Part, RemoteFile } from '../../src/model'
import { aMessage } from '../support/builders'
import { settle } from '../support/fakeClock'
import { aTask, createScriptedTransport } from '../support/scriptedTransport'

function aFile(name: string): LocalFile {
  return { at: 'local', source: 'blob', value: name, name, bytes: 1, mime: 'image/png' }
}

function anImage(name: string, thumbnail?: string): Part {
  return { kind: 'image', file: aFile(name), ...(thumbnail && { thumbnail: aFile(thumbnail) }) }
}

function aLetter(...parts: readonly Part[]): OutgoingMessage {
  return { conversationId: 'c1', clientId: 'x', delivery: 'stored', parts }
}

/** A carrier to a backend that takes files apart from messages and names them after itself. */
function setUp(backend = 'one') {
  const uploads: { name: string; finish: () => void; tell: (fraction: number) => void }[] = []
  const sent: OutgoingMessage[] = []
  const calledBack: string[] = []
  const outcomes: (Message | ChatError)[] = []
  const { transport } = createScriptedTransport({
    files: {
      upload(file, _, onProgress) {
        const result = new Promise<RemoteFile>((resolve) =>
          uploads.push({
            name: file.name,
            finish: () => resolve({ at: 'remote', key: `${backend}/${file.name}` }),
            tell: (fraction) => onProgress?.(fraction),
          }),
        )
        return aTask(result, () => calledBack.push(file.name))
      },
    },
    messages: {
      send(message) {
        sent.push(message)
        const outcome = outcomes.shift() ?? aMessage({ seq: 1 })
        const result = outcome instanceof ChatError ? Promise.reject(outcome) : Promise.resolve(outcome)
        return aTask(result, () => calledBack.push('message'))
      },
    },
  })
  const fractions: number[] = []
  const told: (readonly [string | undefined, string])[] = []
  const carryMessage = createCarrier(transport, (remote, file) => told.push([remote.key, file.name]))
  const carry = (message: OutgoingMessage) => carryMessage(message, (fraction) => fractions.push(fraction))
  async function finishUploads(): Promise<void> {
    for (let index = 0; index < uploads.length; index++) {
      uploads[index]?.finish()
      await settle()
    }
  }
  return { carry, uploads, sent, calledBack, outcomes, fractions, told, finishUploads }
}

const keysOf = ({ parts }: OutgoingMessage) =>
  parts.flatMap((part) =>
    'file' in part ? [part.file, part.thumbnail].map((file) => file && 'key' in file && file.key) : [],
  )

describe('carrying a message', () => {
  it('tells once what each file is at the backend, unless nothing of it may stay here', async () => {
    const { carry, outcomes, told, finishUploads } = setUp()
    outcomes.push(new ChatError({ code: 'no', kind: 'offline' }))
    const letter = aLetter(anImage('a', 'a-small'))
    const { result } = carry(letter)
    result.catch(() => {})
    await finishUploads()
    await carry(letter).result
    expect(told).toEqual([
      ['one/a', 'a'],
      ['one/a-small', 'a-small'],
    ])
    const passing = carry({ ...letter, clientId: 'two', delivery: 'online-only' })
    await finishUploads()
    await passing.result
    expect(told).toHaveLength(2)
  })

  it('sends files and thumbnails first, one after the other, and the message when all are there', async () => {
    const { carry, uploads, sent, finishUploads } = setUp()
    const { result } = carry(aLetter(anImage('a', 'a-small'), { kind: 'text', text: 'look' }, anImage('b')))
    expect(uploads.map(({ name }) => name)).toEqual(['a'])
    expect(sent).toEqual([])
    await finishUploads()
    await expect(result).resolves.toEqual(aMessage({ seq: 1 }))
    expect(uploads.map(({ name }) => name)).toEqual(['a', 'a-small', 'b'])
    expect(sent.map(keysOf)).toEqual([['one/a', 'one/a-small', 'one/b', undefined]])
  })

  it('tells one progress over all files, thumbnails included', async () => {
    const { carry, uploads, fractions } = setUp()
    carry(aLetter(anImage('a', 'a-small'), anImage('b'), anImage('c')))
    for (let index = 0; index < 4; index++) {
      uploads[index]?.tell(0.5)
      uploads[index]?.finish()
      await settle()
    }
    expect(fractions).toEqual([0.125, 0.375, 0.625, 0.875])
  })

  it('sends nothing more when it is called back while a file travels', async () => {
    const { carry, uploads, sent, calledBack, finishUploads } = setUp()
    const { result, cancel } = carry(aLetter(anImage('a'), anImage('b')))
    const outcome = expect(result).rejects.toMatchObject({ kind: 'cancelled' })
    cancel()
    await finishUploads()
    await outcome
    expect(calledBack).toEqual(['a'])
    expect(uploads).toHaveLength(1)
    expect(sent).toEqual([])
  })

  it('calls back the message itself once its files are there', async () => {
    const { carry, calledBack, finishUploads } = setUp()
    const { result, cancel } = carry(aLetter(anImage('a')))
    await finishUploads()
    cancel()
    await result
    expect(calledBack).toEqual(['message'])
  })

  it('does not send a file again when the message around it is sent again', async () => {
    const { carry, uploads, sent, outcomes, finishUploads } = setUp()
    const letter = aLetter(anImage('a', 'a-small'))
    outcomes.push(new ChatError({ code: 'x', kind: 'too-often' }))
    const first = expect(carry(letter).result).rejects.toMatchObject({ kind: 'too-often' })
    await finishUploads()
    await first
    // What is read from a database again is another object.
    await carry(structuredClone(letter)).result
    expect(uploads).toHaveLength(2)
    expect(sent.map(keysOf)).toEqual([
      ['one/a', 'one/a-small'],
      ['one/a', 'one/a-small'],
    ])
  })

  it('sends the same file again with another message', async () => {
    const { carry, uploads, finishUploads } = setUp()
    for (const clientId of ['x', 'y']) {
      const { result } = carry({ ...aLetter(anImage('a')), clientId })
      await finishUploads()
      await result
    }
    expect(uploads).toHaveLength(2)
  })

  it('sends a file to every backend it is meant for', async () => {
    const letter = aLetter(anImage('a'))
    const keys: unknown[] = []
    for (const backend of ['one', 'two']) {
      const { carry, sent, finishUploads } = setUp(backend)
      const { result } = carry(letter)
      await finishUploads()
      await result
      keys.push(...sent.flatMap(keysOf))
    }
    expect(keys).toEqual(['one/a', undefined, 'two/a', undefined])
  })

  it('leaves files to a backend that takes them with the message, and to one that has them already', async () => {
    const sent: OutgoingMessage[] = []
    const { transport } = createScriptedTransport({
      messages: {
        send: (message) => (sent.push(message), aTask(Promise.resolve(aMessage({ seq: 1 })))),
      },
    })
    const withLocal = aLetter(anImage('a'))
    await createCarrier(transport)(withLocal, () => {}).result
    expect(sent[0]?.parts).toEqual(withLocal.parts)
    const { carry, uploads, sent: sentRemote } = setUp()
    const withRemote = aLetter({ kind: 'image', file: { at: 'remote', key: 'old' } })
    await carry(withRemote).result
    expect(uploads).toEqual([])
    expect(sentRemote[0]?.parts).toEqual(withRemote.parts)
  })
})
