import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LocalFile, RemoteFile } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { noCredentials, outgoing, visit } from './visit'

const opened: EmbeddedService[] = []
let names = 0

afterEach(() => {
  opened.splice(0).forEach((service) => service.close())
  vi.restoreAllMocks()
})

async function signIn(storage: 'auto' | 'memory' = 'memory') {
  const service = createEmbeddedService({ storage, name: `files-${(names += 1)}` })
  opened.push(service)
  await service.addUser({ id: 'alice' })
  await service.addUser({ id: 'bob' })
  const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
  return { alice, bob, files: alice.transport.files! }
}

function local(bytes: Uint8Array<ArrayBuffer>, mime = 'image/png'): LocalFile {
  return {
    at: 'local',
    source: 'blob',
    value: new Blob([bytes], { type: mime }),
    name: 'a.png',
    bytes: bytes.length,
    mime,
  }
}

async function bytesAt(file: RemoteFile): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(file.url!)).arrayBuffer())
}

const BYTES = new Uint8Array(2_500_000).map((_zero, i) => i % 251)

describe.each(['auto', 'memory'] as const)('A file kept in %s', (storage) => {
  it('comes back byte for byte to the other person', async () => {
    const { bob, files } = await signIn(storage)
    const fractions: number[] = []
    const stored = await files.upload(local(BYTES), 'message', (fraction) => fractions.push(fraction)).result
    expect(stored).toMatchObject({ at: 'remote', name: 'a.png', bytes: BYTES.length, mime: 'image/png' })
    expect(stored.url).toBeUndefined()
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.length).toBeGreaterThan(2)
    expect(fractions.at(-1)).toBe(1)
    const resolved = await bob.transport.files!.resolve!(stored)
    // Compared by hand: a matcher takes seconds for so many.
    expect(Buffer.compare(await bytesAt(resolved), BYTES)).toBe(0)
  })
})

describe('A file', () => {
  it('has one url per transport, which ends with the sign-in', async () => {
    const { alice, files } = await signIn()
    const made = vi.spyOn(URL, 'createObjectURL')
    const stored = await files.upload(local(new Uint8Array([1])), 'avatar').result
    const [first, second] = await Promise.all([files.resolve!(stored), files.resolve!(stored)])
    expect(second.url).toBe(first.url)
    expect(made).toHaveBeenCalledTimes(1)
    await alice.transport.disconnect()
    await expect(fetch(first.url!)).rejects.toThrow()
  })

  it('has another url, which works, after signing in again', async () => {
    const { alice, files } = await signIn()
    const stored = await files.upload(local(new Uint8Array([7])), 'message').result
    const before = await files.resolve!(stored)
    const checkpoint = alice.checkpoint()
    await alice.transport.disconnect()
    await expect(files.resolve!(stored)).rejects.toMatchObject({ kind: 'signed-out' })
    alice.transport.connect({ userId: 'alice', credentials: noCredentials, checkpoint })
    const after = await files.resolve!(stored)
    expect(after.url).not.toBe(before.url)
    expect(await bytesAt(after)).toEqual(new Uint8Array([7]))
    // A file that was resolved before is resolved again as well as one fresh from a message.
    expect((await files.resolve!(before)).url).toBe(after.url)
  })

  it('is not given a dead url when the sign-in ends on the way', async () => {
    const { alice, files } = await signIn()
    const stored = await files.upload(local(new Uint8Array([7])), 'message').result
    const [gone, urls] = [vi.spyOn(URL, 'revokeObjectURL'), vi.spyOn(URL, 'createObjectURL')]
    await alice.transport.conversations.list()
    const open = Blob.prototype.slice
    vi.spyOn(Blob.prototype, 'slice').mockImplementation(function (this: Blob, ...args) {
      void alice.transport.disconnect()
      return open.apply(this, args)
    })
    await expect(files.resolve!(stored)).rejects.toMatchObject({ kind: 'signed-out' })
    expect(gone.mock.calls.flat()).toEqual(urls.mock.results.map(({ value }) => value as string))
  })

  it.each(['text/html', 'image/svg+xml', 'IMAGE/SVG+XML', 'application/xhtml+xml', 'text/javascript', ''])(
    'of type "%s" is handed out as plain bytes',
    async (mime) => {
      const { files } = await signIn()
      const stored = await files.upload(local(new Uint8Array([60, 62]), mime), 'message').result
      const resolved = await files.resolve!(stored)
      expect(resolved.mime).toBe('application/octet-stream')
      expect((await (await fetch(resolved.url!)).blob()).type).toBe('application/octet-stream')
    },
  )

  it('sent as it is, is stored on the way', async () => {
    const { alice, bob } = await signIn()
    const { id } = await alice.openWith('bob')
    const part = { kind: 'image', file: local(new Uint8Array([1, 2, 3])), width: 1, height: 3 } as const
    const progress: [number, number][] = []
    const message = outgoing(id, 'look', { parts: [{ kind: 'text', text: 'look' }, part] })
    await alice.transport.messages.send(message, (...step) => progress.push(step)).result
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    const received = bob.received()[0]?.parts[1]
    expect(received).toMatchObject({ kind: 'image', file: { at: 'remote', bytes: 3 }, width: 1, height: 3 })
    expect(progress).toEqual([[1, 1]])
    const resolved = await bob.transport.files!.resolve!((received as { file: RemoteFile }).file)
    expect(await bytesAt(resolved)).toEqual(new Uint8Array([1, 2, 3]))
  })

  it('given up while it is read is not kept', async () => {
    const { files } = await signIn()
    const task = files.upload(local(BYTES), 'message', () => task.cancel())
    await expect(task.result).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it.each([
    ['empty', local(new Uint8Array()), 7006],
    ['missing', { ...local(new Uint8Array([1])), value: undefined }, 7004],
    ['a path', { ...local(new Uint8Array([1])), source: 'path', value: '/etc/passwd' }, 7004],
    ['unreadable', { ...local(new Uint8Array([1])), value: unreadable() }, 7007],
    ['enormous', { ...local(new Uint8Array([1])), value: sized(104_857_601) }, 7005],
    ['no file', null, 'invalid'],
    ['under an endless name', { ...local(new Uint8Array([1])), name: '名'.repeat(86) }, 'field-too-long'],
    ['of an endless type', { ...local(new Uint8Array([1])), mime: 'x'.repeat(128) }, 'field-too-long'],
  ])('that is %s is refused', async (_name, file, code) => {
    const { files } = await signIn()
    await expect(files.upload(file as never, 'message').result).rejects.toMatchObject({
      name: 'ChatError',
      code,
    })
  })

  it('nobody has stored is gone', async () => {
    const { files } = await signIn()
    for (const key of ['file:none', 'nonsense', 'picture:x']) {
      await expect(files.resolve!({ at: 'remote', key })).rejects.toMatchObject({ code: 'file-gone' })
    }
  })

  it('of a world is painted when it is asked for', async () => {
    const { files } = await signIn()
    const resolved = await files.resolve!({ at: 'remote', key: 'picture:1' })
    expect(resolved.mime).toBe('image/png')
    expect((await bytesAt(resolved)).slice(1, 4)).toEqual(new Uint8Array([80, 78, 71]))
  })
})

function unreadable(): Blob {
  const blob = new Blob(['x'])
  blob.slice = () => {
    throw new DOMException('gone', 'NotReadableError')
  }
  return blob
}

function sized(size: number): Blob {
  return Object.defineProperty(new Blob(['x']), 'size', { value: size })
}
