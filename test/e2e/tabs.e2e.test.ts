import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BrowserContext } from 'playwright'
import { startDemo, watchForComplaints } from './support/demo'
import type { Demo } from './support/demo'
import { openTab } from './support/tabs'
import type { Tab } from './support/tabs'

let demo: Demo
let context: BrowserContext

beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())
beforeEach(async () => {
  context = await demo.browser.newContext({ locale: 'en-GB', viewport: { width: 1200, height: 900 } })
  const complaints = watchForComplaints(context, demo.origin)
  return async () => {
    await context.close()
    expect(complaints.list).toEqual([])
  }
})

const openAlice = (name: string) => openTab(context, name, `${demo.origin}/?user=alice&lang=en`, 'Bob')
const openBob = () => openTab(context, 'bob', `${demo.origin}/?user=bob&lang=en`, 'Alice')

/** The articles of the log that say one of these, as their names tell them. */
async function rowsOf({ person: { articles } }: Tab, texts: readonly string[]): Promise<readonly string[]> {
  const names = await articles.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
  return names.filter((name) => texts.some((text) => name.includes(text)))
}

async function setOffline(tabs: readonly Tab[], isOffline: boolean): Promise<void> {
  await context.setOffline(isOffline)
  for (const tab of tabs) {
    const words = tab.page.getByText(/You are offline/).first()
    await words.waitFor({ state: isOffline ? 'visible' : 'hidden' })
  }
}

/** Takes somebody out of a conversation behind the back of the chat, or puts them in again; returns what was taken out. */
function setMember({ page }: Tab, conversationId: string, member: unknown): Promise<unknown> {
  return page.evaluate(
    ([id, row]) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('parley-demo')
        opening.onerror = () => reject(new Error('no database'))
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('members', 'readwrite')
          const table = transaction.objectStore('members')
          const reading = table.get([id as string, 'alice'])
          if (row === undefined) table.delete([id as string, 'alice'])
          else table.put(row)
          transaction.oncomplete = () => {
            opening.result.close()
            resolve(reading.result)
          }
        }
      }),
    [conversationId, member] as const,
  )
}

describe('two tabs of one person', () => {
  it('both show what one wrote offline, and it leaves when the network is back', async () => {
    const texts = ['written offline one', 'written offline two']
    const tabs = [await openAlice('left'), await openAlice('right')] as const
    await setOffline(tabs, true)
    for (const text of texts) expect(await tabs[0].give(text)).toBe(true)
    for (const tab of tabs) {
      await expect
        .poll(() => rowsOf(tab, texts), { timeout: 10_000 })
        .toEqual(texts.map((text) => expect.stringMatching(`${text}.*Waiting to be sent`)))
    }
    await setOffline(tabs, false)
    for (const tab of tabs) {
      await expect
        .poll(() => rowsOf(tab, texts), { timeout: 20_000 })
        .toEqual(texts.map((text) => expect.stringMatching(`${text}.*(Sent|Delivered)`)))
    }
    const bob = await openBob()
    await expect.poll(async () => (await rowsOf(bob, texts)).length, { timeout: 10_000 }).toBe(2)
  })

  it('share a draft, which is there again after both have died', async () => {
    const tabs = [await openAlice('left'), await openAlice('right')] as const
    await tabs[0].person.box.fill('half a thought')
    await expect.poll(() => tabs[1].person.box.inputValue()).toBe('half a thought')
    await tabs[1].person.box.fill('half a thought, and more')
    await expect.poll(() => tabs[0].person.box.inputValue()).toBe('half a thought, and more')
    await tabs[0].person.box.fill('a whole thought')
    // Drafts are written a moment after the last key, and pages in the background take their time.
    await tabs[0].page.waitForTimeout(5_000)
    await Promise.all(tabs.map((tab) => tab.die('crashed')))
    await tabs[0].reopen()
    await expect.poll(() => tabs[0].person.box.inputValue()).toBe('a whole thought')
  })

  it('tell what failed in one bar, and send all of it again', async () => {
    const texts = ['turned away one', 'turned away two']
    const tabs = [await openAlice('left'), await openAlice('right')] as const
    const conversationId = await conversationWithBob(tabs[0])
    await setOffline(tabs, true)
    for (const text of texts) expect(await tabs[0].give(text)).toBe(true)
    const member = await setMember(tabs[0], conversationId, undefined)
    await setOffline(tabs, false)
    for (const tab of tabs) await tab.person.chat.getByText('2 messages were not sent.').waitFor()
    await setMember(tabs[0], conversationId, member)
    await tabs[1].person.chat.getByRole('button', { name: 'Send all again' }).press('Enter')
    for (const tab of tabs) {
      await expect
        .poll(() => rowsOf(tab, texts), { timeout: 20_000 })
        .toEqual(texts.map((text) => expect.stringMatching(`${text}.*(Sent|Delivered)`)))
      await tab.person.chat.getByText('2 messages were not sent.').waitFor({ state: 'hidden' })
    }
  })
})

/** Notifications of the machine are seen by nobody in a browser without a screen: this one writes them down. */
function recordNotifications(): void {
  class Recorded extends EventTarget {
    static permission = 'default'
    static async requestPermission() {
      return (Recorded.permission = 'granted')
    }
    onclick?: () => void
    constructor(
      readonly title: string,
      readonly options: { readonly body: string },
    ) {
      super()
      shown.push(this)
    }
    close() {
      shown.splice(shown.indexOf(this), 1)
    }
  }
  const shown: Recorded[] = []
  Object.assign(globalThis, { Notification: Recorded, shownNotifications: shown })
}
interface Recorded {
  readonly title: string
  readonly options: { readonly body: string }
  onclick?: () => void
}
const shownIn = ({ page }: Tab) =>
  page.evaluate(() =>
    (globalThis as unknown as { shownNotifications: readonly Recorded[] }).shownNotifications.map(
      ({ title, options }) => `${title}: ${options.body}`,
    ),
  )

describe('a tab that shows another conversation', () => {
  it('offers notifications, then counts, marks its icon and notifies; a click opens what was written', async () => {
    await context.addInitScript(recordNotifications)
    const alice = await openTab(context, 'alice', `${demo.origin}/?user=alice&lang=en`, '.*Design review')
    const { page } = alice
    const countIn = async () => Number(/^\((\d+)/u.exec(await page.title())?.[1] ?? 0)
    const iconOf = () => page.locator('link[rel~="icon"]').getAttribute('href')
    const allow = page.getByRole('button', { name: 'Allow', exact: true })
    await allow.click()
    await allow.waitFor({ state: 'hidden' })
    await expect.poll(countIn, { timeout: 20_000 }).toBeGreaterThan(0)
    const before = await countIn()

    const bob = await openBob()
    expect(await bob.give('Are you there?')).toBe(true)
    await expect.poll(countIn, { timeout: 20_000 }).toBe(before + 1)
    await expect.poll(iconOf, { timeout: 20_000 }).toMatch(/^data:image\/png/u)
    await expect
      .poll(() => shownIn(alice), { timeout: 20_000 })
      .toEqual([expect.stringMatching(/^Bob.*: Are you there\?$/)])

    await page.evaluate(() =>
      (
        globalThis as unknown as { shownNotifications: readonly Recorded[] }
      ).shownNotifications[0]?.onclick?.(),
    )
    await expect
      .poll(async () => (await rowsOf(alice, ['Are you there?'])).length, { timeout: 20_000 })
      .toBe(1)
    await expect.poll(countIn, { timeout: 20_000 }).toBeLessThanOrEqual(before)
    expect(await shownIn(alice)).toEqual([])
  })
})

/** As the service names it. */
function conversationWithBob({ page }: Tab): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open('parley-demo')
        opening.onsuccess = () => {
          const all = opening.result.transaction('members').objectStore('members').getAll()
          all.onsuccess = () => {
            opening.result.close()
            const rows = all.result as { conversationId: string; userId: string }[]
            const idsOf = (userId: string) =>
              rows.filter((row) => row.userId === userId).map((row) => row.conversationId)
            const bobs = idsOf('bob')
            const shared = idsOf('alice').filter((id) => bobs.includes(id))
            const count = (id: string) => rows.filter((row) => row.conversationId === id).length
            resolve(shared.find((id) => count(id) === 2) ?? '')
          }
        }
      }),
  )
}
