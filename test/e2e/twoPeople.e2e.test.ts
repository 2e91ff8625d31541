import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BrowserContext, Page } from 'playwright'
import { person, startDemo, watchForComplaints } from './support/demo'
import type { Complaints, Demo } from './support/demo'

const HARD_TEXTS = [
  '<b>not bold</b> <img src=x onerror=alert(1)>',
  '"double" \'single\' `back` & ampersand',
  '&lt;already&gt; &amp;lt; &quot;escaped&quot;',
  'family 👨‍👩‍👧‍👦 flag 🏳️‍🌈 tone 👍🏽',
  '你好，今天下午三点见？「引号」',
  'مرحبا، كيف حالك اليوم؟',
  'first line\n  second line, indented\n\nfourth',
]

let demo: Demo
let context: BrowserContext
let complaints: Complaints

beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())
beforeEach(async () => {
  context = await demo.browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  complaints = watchForComplaints(context, demo.origin)
  return async () => {
    await context.close()
    expect(complaints.list).toEqual([])
  }
})

async function open(path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(demo.origin + path)
  return page
}

/** Both people in one page, both in the conversation with each other. */
async function openBoth() {
  const page = await open('/?lang=en')
  const alice = person(page.getByRole('region', { name: 'Alice' }))
  const bob = person(page.getByRole('region', { name: 'Bob' }))
  await alice.box.waitFor()
  await bob.box.waitFor()
  return { page, alice, bob }
}

/** Two tabs of one browser, which share its database. */
async function openTabs() {
  const [alicePage, bobPage] = [await open('/?user=alice&lang=en'), await open('/?user=bob&lang=en')]
  const [alice, bob] = [person(alicePage), person(bobPage)]
  await alice.conversation('Bob').click()
  await bob.conversation('Alice').click()
  await alice.box.waitFor()
  await bob.box.waitFor()
  return { alicePage, bobPage, alice, bob }
}

type Two = Pick<Awaited<ReturnType<typeof openBoth>>, 'alice' | 'bob'>

async function exchangeHardTexts({ alice, bob }: Two): Promise<void> {
  for (const [index, text] of HARD_TEXTS.entries()) {
    const [writer, reader] = index % 2 === 0 ? [alice, bob] : [bob, alice]
    await writer.write(text)
    const last = reader.articles.last()
    await expect.poll(() => shownText(last, text), { timeout: 10_000 }).toBe(text)
    await expect.poll(() => shownText(writer.articles.last(), text)).toBe(text)
  }
}

/** The text of an article byte for byte: the one element that holds exactly it, else what the article says. */
async function shownText(
  article: ReturnType<Two['alice']['articles']['last']>,
  text: string,
): Promise<string> {
  return article.evaluate((element, wanted) => {
    const holder = [...element.querySelectorAll('*')].find((inner) => inner.textContent === wanted)
    return holder?.textContent ?? element.textContent ?? ''
  }, text)
}

describe('two people in one page', () => {
  it('read byte for byte what the other types', async () => {
    await exchangeHardTexts(await openBoth())
  })

  it('see each other type, and their ticks change', async () => {
    const { alice, bob } = await openBoth()
    await alice.box.pressSequentially('hel')
    await bob.chat
      .getByText(/typing/)
      .first()
      .waitFor()
    await alice.box.press('Enter')
    await alice.chat
      .getByRole('article', { name: /hel.*Read/s })
      .last()
      .waitFor()
    await expect.poll(() => bob.chat.getByText(/typing/).count()).toBe(0)
  })

  it('see an unread badge until the conversation is opened', async () => {
    const { alice, bob } = await openBoth()
    await bob.conversation(/Design review/).click()
    await alice.write('are you there?')
    await bob.conversation(/^Alice.*1 unread/).waitFor()
    await alice.chat.getByRole('article', { name: /are you there\?.*Delivered/s }).waitFor()
    await bob.conversation('Alice').click()
    await alice.chat.getByRole('article', { name: /are you there\?.*Read/s }).waitFor()
    await expect.poll(() => bob.conversation(/^Alice.*unread/).count()).toBe(0)
  })

  it('find everything again after a reload', async () => {
    const first = await openBoth()
    await first.alice.write('this must stay')
    await first.bob.chat.getByRole('article', { name: /this must stay/ }).waitFor()
    await first.page.reload()
    for (const someone of [first.alice, first.bob]) {
      await someone.chat.getByRole('article', { name: /this must stay/ }).waitFor()
      expect(await someone.chat.getByRole('article', { name: /this must stay/ }).count()).toBe(1)
    }
  })
})

describe('two tabs of one browser', () => {
  it('read byte for byte what the other types, and find it again after a reload', async () => {
    const two = await openTabs()
    await exchangeHardTexts(two)
    await two.bobPage.reload()
    await two.bob.conversation('Alice').click()
    const last = HARD_TEXTS.at(-1) ?? ''
    await expect.poll(() => shownText(two.bob.articles.last(), last)).toBe(last)
  })

  it('see typing, unread and ticks live', async () => {
    const { alice, bob } = await openTabs()
    await bob.box.pressSequentially('typing now')
    await alice.chat
      .getByText(/typing/)
      .first()
      .waitFor()
    await alice.conversation(/Design review/).click()
    await bob.box.press('Enter')
    await alice.conversation(/^Bob.*1 unread/).waitFor()
    await alice.conversation('Bob').click()
    await bob.chat
      .getByRole('article', { name: /typing now.*Read/s })
      .last()
      .waitFor()
  })
})

describe('a live room', () => {
  it('is watched from another tab, and its host puts a viewer out', async () => {
    const hostPage = await open('/?live=linyue&lang=en')
    const viewerPage = await open('/?live=alice&lang=en')
    const [host, viewer] = [hostPage, viewerPage].map((page) =>
      page.getByRole('region', { name: /^Live room/ }),
    ) as [ReturnType<Page['getByRole']>, ReturnType<Page['getByRole']>]
    await host.getByText('2 watching').waitFor({ state: 'attached' })
    await viewer.getByRole('textbox', { name: 'Say something' }).fill('hello from here')
    await viewer.getByRole('textbox').press('Enter')
    await host.getByText('hello from here').click()
    await hostPage.getByRole('menuitem', { name: 'Remove from the room' }).click()
    await viewer.getByText(/removed you from this room/).waitFor()
    await host.getByText('1 watching').waitFor({ state: 'attached' })
  })
})
