import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/core/random'
import { startDemo } from './support/demo'
import type { Demo } from './support/demo'
import { isLast, readNumbered } from './support/numbered'
import { openTab } from './support/tabs'
import type { Death, Tab } from './support/tabs'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

/** What one run does. */
interface Run {
  readonly seed: number
  readonly messages: number
  readonly kills: number
  /** What goes wrong besides, as the address of the demo names it. */
  readonly faults?: string
}

/** Messages seen in the log of the tab they were written in, and those whose tab died before anybody saw them. */
interface Given {
  readonly seen: string[]
  readonly unseen: Set<string>
}

/** Writes in two tabs of one person, kills them while they send, and reads in the end what both people see. */
async function writeAndDie({ seed, messages, kills, faults }: Run) {
  const random = createRandom(seed)
  const context = await demo.browser.newContext({ locale: 'en-GB', viewport: { width: 900, height: 500 } })
  context.setDefaultTimeout(60_000)
  const bad = faults === undefined ? '' : `&faults=${faults}&seed=${seed}`
  const address = `${demo.origin}/?user=alice&with=bob&lang=en`
  const tabs = [
    await openTab(context, 'left', address + bad, 'Bob'),
    await openTab(context, 'right', address + bad, 'Bob'),
  ] as const
  const given: Given = { seen: [], unseen: new Set() }
  let number = 0

  const nextText = (tab: Tab) => `${tab.name}-${String(++number).padStart(4, '0')}`

  async function give(tab: Tab, onPressed?: () => void): Promise<void> {
    // What the other tab sent leaves this composer too: a person sees that before writing.
    await expect.poll(() => tab.person.box.inputValue()).toBe('')
    const text = nextText(tab)
    if (await tab.give(text, onPressed)) given.seen.push(text)
    else given.unseen.add(text)
  }

  async function killWhileSending(how: Death): Promise<void> {
    const tab = random.pick(tabs)
    const others = random.chance(0.25) ? tabs.filter((other) => other !== tab) : []
    const moment = random.pick(['typed', 'pressed', 'seen'] as const)
    // Chance, repeated by the seed as far as a machine repeats itself.
    const lateMs = random.between(0, 60)
    let press = (): void => {}
    const pressed = new Promise<void>((resolve) => (press = resolve))
    const giving = give(tab, press)
    if (moment === 'pressed') await pressed
    if (moment === 'seen') await giving
    else await new Promise((resolve) => setTimeout(resolve, lateMs))
    await Promise.all([tab, ...others].map((one) => one.die(how)))
    await giving
    for (const one of [tab, ...others]) await one.reopen()
    await sendDraft()
  }

  /** What is found in a composer again is sent, as a person would. */
  async function sendDraft(): Promise<void> {
    for (const tab of tabs) {
      const text = await tab.person.box.inputValue()
      if (text === '' || given.seen.includes(text)) continue
      expect(await tab.give(text)).toBe(true)
      given.unseen.delete(text)
      given.seen.push(text)
    }
  }

  const burst = Math.ceil(messages / kills)
  for (let round = 0; round < kills; round++) {
    for (let step = random.between(burst - 2, burst + 1); step > 0; step--) await give(random.pick(tabs))
    await killWhileSending(round % 2 === 0 ? 'closed' : 'crashed')
  }
  // Whatever a dying tab kept unseen comes before the last one.
  do await give(random.pick(tabs))
  while (given.seen.length < messages)
  await Promise.all(tabs.map((tab) => tab.die('closed')))
  const last = given.seen.at(-1) ?? ''
  // The network is good again.
  const alice = await openTab(context, 'alice', address, 'Bob')
  const bob = await openTab(context, 'bob', `${demo.origin}/?user=bob&with=alice&lang=en`, 'Alice')
  const read = async ({ page }: Tab): Promise<readonly string[]> => {
    // A page in the background draws seldom.
    await page.bringToFront()
    await page.setViewportSize({ width: 900, height: 1_200 })
    await expect.poll(() => isLast(page, last), { timeout: 60_000 }).toBe(true)
    return readNumbered(page)
  }
  // What has come to Bob has left Alice.
  const [others, own] = [await read(bob), await read(alice)]
  await context.close()
  return { given, own, others }
}

function expectNothingLost({ given, own, others }: Awaited<ReturnType<typeof writeAndDie>>): void {
  expect(others).toEqual(own)
  expect(repeated(own)).toEqual([])
  expect(given.seen.filter((text) => !own.includes(text))).toEqual([])
  for (const name of ['left', 'right']) {
    const arrived = own.filter((text) => text.startsWith(name))
    expect(arrived).toEqual([...arrived].sort())
  }
  expect(own.filter((text) => !given.seen.includes(text) && !given.unseen.has(text))).toEqual([])
}

function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index)
}

describe('tabs that die while they send', () => {
  it('lose nothing, double nothing and turn nothing round', async () => {
    const run = await writeAndDie({ seed: 1, messages: 300, kills: 30 })
    expectNothingLost(run)
  }, 540_000)

  it('do so also where the service refuses, hangs and cuts connections', async () => {
    const run = await writeAndDie({
      seed: 2,
      messages: 100,
      kills: 10,
      faults: 'latency,loss,refuse,hang,disconnect',
    })
    expectNothingLost(run)
  }, 540_000)
})
