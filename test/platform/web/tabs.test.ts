import { afterEach, expect, it, vi } from 'vitest'
import { webTabs } from '../../../src/platform/web/tabs'

afterEach(() => vi.unstubAllGlobals())

it('holds at once where the browser holds nothing for one tab', () => {
  vi.stubGlobal('navigator', {})
  let isHeld = false
  const stop = webTabs.hold('x', () => (isHeld = true))
  expect(isHeld).toBe(true)
  stop()
})

it('holds where the browser refuses to hold anything, as in a sandboxed frame', async () => {
  const request = () => Promise.reject(new DOMException('no', 'SecurityError'))
  vi.stubGlobal('navigator', { locks: { request } })
  await new Promise<void>((resolve) => webTabs.hold('x', resolve))
  let isHeld = false
  webTabs.hold('x', () => (isHeld = true))()
  await new Promise((resolve) => setTimeout(resolve))
  expect(isHeld).toBe(false)
})

it('has a silent line where the browser has none', () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  const heard: unknown[] = []
  const [one, two] = [webTabs.open('x', () => {}), webTabs.open('x', (data) => heard.push(data))]
  one.post('a')
  one.close()
  two.close()
  expect(heard).toEqual([])
})
