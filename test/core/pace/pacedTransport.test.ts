import { describe, expect, it } from 'vitest'
import { pacedTransport } from '../../../src/core/pace'
import type { RateRule, Transport } from '../../../src/core/ports'
import { ChatError } from '../../../src/model'
import type { Message, OutgoingMessage } from '../../../src/model'
import { createFakeClock, settle } from '../../support/fakeClock'
import { aTask, createScriptedTransport } from '../../support/scriptedTransport'

const outgoing = { conversationId: 'c1', clientId: 'x' } as OutgoingMessage

function paced(rates: readonly RateRule[], script: Parameters<typeof createScriptedTransport>[0] = {}) {
  const clock = createFakeClock(0)
  const { transport } = createScriptedTransport(script)
  const inner: Transport = Object.freeze({ ...transport, rates })
  return { clock, inner, outer: pacedTransport(inner, clock) }
}

describe('a paced transport', () => {
  it('is the transport itself where there are no rates', () => {
    const { transport } = createScriptedTransport()
    expect(pacedTransport(transport, createFakeClock())).toBe(transport)
  })

  it('lets calls without a rule through untouched', () => {
    const task = aTask(new Promise<Message>(() => {}))
    const { outer } = paced([{ name: 'profiles.fetch', count: 1, perMs: 1_000 }], {
      messages: { send: () => task },
    })
    expect(outer.messages.send(outgoing)).toBe(task)
    expect(outer.messages.send).toBe(outer.messages.send)
    expect(outer.groups).toBeUndefined()
    expect(outer.id).toBe('scripted')
    expect('recall' in outer.messages).toBe(false)
    expect(outer.profiles?.batchSize).toBe(10)
  })

  it('keeps methods that need their owner working', async () => {
    class Files {
      readonly purposes = []
      readonly #key = 'k'
      upload = () => aTask(new Promise<never>(() => {}))
      async resolve() {
        return { at: 'remote' as const, key: this.#key }
      }
    }
    const { inner } = paced([])
    const transport: Transport = {
      ...inner,
      files: new Files() as unknown as NonNullable<Transport['files']>,
      rates: [{ name: 'files.resolve', count: 1, perMs: 1_000 }],
    }
    const outer = pacedTransport(transport, createFakeClock())
    await expect(outer.files?.resolve?.({ at: 'remote', key: 'k' } as never)).resolves.toMatchObject({
      key: 'k',
    })
  })

  it('asks for the same thing once at a time, and for different things in turn', async () => {
    const asked: string[] = []
    const { clock, outer } = paced([{ name: 'profiles.fetch', count: 1, perMs: 1_000 }], {
      profiles: {
        async fetch(ids) {
          asked.push(`${ids.join()}@${clock.now()}`)
          return { found: [], missing: ids }
        },
      },
    })
    const calls = ['a', 'a', 'b'].map((id) => outer.profiles?.fetch([id]))
    await clock.advance(5_000)
    expect(await Promise.all(calls)).toHaveLength(3)
    expect(asked).toEqual(['a@0', 'b@1000'])
  })

  it('waits as long as a backend asks that was asked too often', async () => {
    const at: number[] = []
    const { clock, outer } = paced([{ name: 'conversations.list', count: 9, perMs: 1_000 }], {
      conversations: {
        async list() {
          at.push(clock.now())
          if (at.length > 1) return { items: [] }
          throw new ChatError({ code: 1, kind: 'too-often', untilAt: 4_000 })
        },
      },
    })
    await expect(outer.conversations.list()).rejects.toMatchObject({ kind: 'too-often' })
    void outer.conversations.list()
    await clock.advance(5_000)
    expect(at).toEqual([0, 4_000])
  })

  it('lets a message be called back while it waits and while it travels', async () => {
    const cancelled: string[] = []
    const { outer, clock } = paced([{ name: '*', count: 1, perMs: 1_000 }], {
      messages: { send: () => aTask(new Promise<Message>(() => {}), () => cancelled.push('travelling')) },
    })
    const first = outer.messages.send(outgoing)
    const second = outer.messages.send(outgoing)
    await settle()
    second.cancel()
    await expect(second.result).rejects.toMatchObject({ kind: 'cancelled' })
    expect(cancelled).toEqual([])
    first.cancel()
    expect(cancelled).toEqual(['travelling'])
    await clock.advance(5_000)
  })

  it('lets nothing wait beyond a disconnect', async () => {
    const { outer } = paced([{ name: 'conversations.list', count: 1, perMs: 1_000 }])
    await outer.conversations.list()
    const waiting = outer.conversations.list('next' as never)
    const outcome = expect(waiting).rejects.toMatchObject({ kind: 'offline' })
    await outer.disconnect()
    await outcome
  })
})
