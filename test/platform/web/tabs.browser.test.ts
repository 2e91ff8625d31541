import { afterEach, expect, it } from 'vitest'
import { webPlatform } from '../../../src/platform/web'
import { webTabs } from '../../../src/platform/web/tabs'
import type { Hint, Stop } from '../../../src/model'

const stops: Stop[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** A page of its own of the same origin, as another tab is. */
async function openFrame(): Promise<{ readonly window: Window & typeof globalThis; close: Stop }> {
  const frame = document.createElement('iframe')
  frame.src = new URL('/favicon.ico?frame', location.href).href
  document.body.append(frame)
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  const close = (): void => frame.remove()
  stops.push(close)
  return { window: frame.contentWindow as Window & typeof globalThis, close }
}

function held(name: string): Promise<Stop> {
  return new Promise((resolve) => {
    const stop = webTabs.hold(name, () => resolve(() => stop()))
    stops.push(stop)
  })
}

/** Who waits for a name and who holds it. */
async function countOf(name: string): Promise<readonly [number, number]> {
  const { held: all = [], pending = [] } = await navigator.locks.query()
  return [
    all.filter((lock) => lock.name === name).length,
    pending.filter((lock) => lock.name === name).length,
  ]
}

it('lets one hold a name at a time, and the next once it lets go', async () => {
  const letGo = await held('one at a time')
  let isSecondHeld = false
  const second = held('one at a time').then(() => (isSecondHeld = true))
  expect(await countOf('one at a time')).toEqual([1, 1])
  expect(isSecondHeld).toBe(false)
  letGo()
  await second
  expect(await countOf('one at a time')).toEqual([1, 0])
})

it('stops waiting without ever holding', async () => {
  const letGo = await held('given up')
  let isHeld = false
  const stopWaiting = webTabs.hold('given up', () => (isHeld = true))
  stopWaiting()
  letGo()
  await held('given up')
  expect(isHeld).toBe(false)
})

it('frees what a page held that went away', async () => {
  const other = await openFrame()
  await new Promise<void>((resolve) => {
    void other.window.navigator.locks.request('of a page', () => {
      resolve()
      return new Promise(() => {})
    })
  })
  let isHeld = false
  const taken = held('of a page').then(() => (isHeld = true))
  expect(await countOf('of a page')).toEqual([1, 1])
  expect(isHeld).toBe(false)
  other.close()
  await taken
})

it('carries what one posts to all others, in order, and never to oneself', async () => {
  const log: string[] = []
  await new Promise<void>((resolve) => {
    const one = webTabs.open('a line', (data) => log.push(`one ${data}`))
    const two = webTabs.open('a line', (data) => {
      log.push(`two ${data}`)
      if (data === 'b') resolve()
    })
    stops.push(
      () => one.close(),
      () => two.close(),
    )
    one.post('a')
    one.post('b')
  })
  expect(log).toEqual(['two a', 'two b'])
})

it('says nothing once closed', async () => {
  const line = webTabs.open('closed', () => {})
  line.close()
  line.post('nothing')
  const heard: unknown[] = []
  const ear = webTabs.open('closed', (data) => heard.push(data))
  stops.push(() => ear.close())
  const other = webTabs.open('closed', () => {})
  stops.push(() => other.close())
  await new Promise<void>((resolve) => {
    const last = webTabs.open('closed', () => resolve())
    stops.push(() => last.close())
    other.post('last')
  })
  expect(heard).toEqual(['last'])
})

it('tells when the page comes and goes and when the network does, each change once', () => {
  const hints: Hint[] = []
  const stop = webPlatform.watch?.((hint) => hints.push(hint))
  window.dispatchEvent(new Event('offline'))
  window.dispatchEvent(new Event('offline'))
  window.dispatchEvent(new Event('online'))
  window.dispatchEvent(new Event('pagehide'))
  document.dispatchEvent(new Event('visibilitychange'))
  stop?.()
  window.dispatchEvent(new Event('offline'))
  expect(hints).toEqual(['network-down', 'network-up', 'background', 'foreground'])
})
