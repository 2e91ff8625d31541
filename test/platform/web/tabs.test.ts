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

it('has a silent line where the browser has none', () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  const heard: unknown[] = []
  const [one, two] = [webTabs.open('x', () => {}), webTabs.open('x', (data) => heard.push(data))]
  one.post('a')
  one.close()
  two.close()
  expect(heard).toEqual([])
})
