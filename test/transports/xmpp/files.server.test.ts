import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LocalFile } from '../../../src/model'
import { signIn } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

describe.each(xmppServerNames)('files on %s', (name) => {
  let server: XmppServer
  let alice: XmppUser

  beforeAll(async () => {
    server = await startXmppServer(name)
    await server.register('alice')
    alice = await signIn(server, 'alice')
  })
  afterAll(async () => {
    await alice.transport.disconnect()
    await server.close()
  })

  it('come back as they went, whatever their name', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251)
    const fractions: number[] = []
    const task = files().upload(local(bytes, '../ö 图<&>.bin'), 'message', (fraction) =>
      fractions.push(fraction),
    )
    const remote = await task.result
    expect(remote).toMatchObject({ at: 'remote', name: '../ö 图<&>.bin', bytes: 70_000 })
    expect(fractions[0]).toBe(0)
    expect(fractions.at(-1)).toBe(1)
    const back = await fetch(remote.url!)
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(bytes)
  })

  it('may be blobs', async () => {
    const value = new Blob(['hello'], { type: 'text/plain' })
    const file: LocalFile = {
      at: 'local',
      source: 'blob',
      value,
      name: 'a.txt',
      bytes: 5,
      mime: 'text/plain',
    }
    const remote = await files().upload(file, 'avatar').result
    expect(await (await fetch(remote.url!)).text()).toBe('hello')
  })

  it('have a limit that is known and kept', async () => {
    const { fileBytes } = alice.transport.limits()
    expect(fileBytes).toBeGreaterThan(1_000_000)
    expect(alice.told('limits.changed').length).toBeGreaterThan(0)
    const tooLarge = local(new Uint8Array(fileBytes! + 1), 'big.bin')
    await expect(files().upload(tooLarge, 'message').result).rejects.toMatchObject({ kind: 'too-large' })
  })

  it('can be given up before and while they go', async () => {
    const task = files().upload(local(new Uint8Array(10), 'a.bin'), 'message')
    task.cancel()
    await expect(task.result).rejects.toMatchObject({ kind: 'cancelled' })
    const late = files().upload(local(new Uint8Array(5_000_000), 'b.bin'), 'message', () => late.cancel())
    await expect(late.result).rejects.toMatchObject({ kind: 'cancelled' })
    const done = files().upload(local(new Uint8Array(10), 'c.bin'), 'message')
    await done.result
    done.cancel()
  })

  it('are refused where they are none', async () => {
    const path: LocalFile = {
      at: 'local',
      source: 'path',
      value: '/etc/passwd',
      name: 'x',
      bytes: 1,
      mime: '',
    }
    await expect(files().upload(path, 'message').result).rejects.toMatchObject({ kind: 'invalid' })
    await expect(files().upload(undefined as never, 'message').result).rejects.toMatchObject({
      kind: 'invalid',
    })
    const purpose = 'spying' as never
    await expect(files().upload(local(new Uint8Array(1), 'x'), purpose).result).rejects.toMatchObject({
      kind: 'invalid',
    })
    expect(alice.transport.can('files.upload')).toBe('yes')
  })

  function files() {
    return alice.transport.files!
  }
})

function local(value: Uint8Array, name: string): LocalFile {
  return { at: 'local', source: 'bytes', value, name, bytes: value.length, mime: 'application/octet-stream' }
}
