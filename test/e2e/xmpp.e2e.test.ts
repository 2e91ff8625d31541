import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BrowserContext, Page } from 'playwright'
import { furnish } from '../../demo/servers/furnish'
import { startXmppServer, xmppServerNames } from '../support/xmppServers'
import type { XmppServer } from '../support/xmppServers'
import { signIn } from '../support/xmppUser'
import { person, startDemo, watchForComplaints } from './support/demo'
import type { Complaints, Demo } from './support/demo'
import { liveFriendship } from './support/friendship'

const HARD_TEXTS = [
  '<b>not bold</b> <img src=x onerror=alert(1)> &amp; ]]>',
  'family 👨‍👩‍👧‍👦 flag 🏳️‍🌈, 你好「引号」, مرحبا، كيف حالك',
  'first line\n  second line, indented\n\nfourth',
]
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A browser of its own: nothing is shared but the server. */
interface Browsing {
  readonly page: Page
  readonly context: BrowserContext
  readonly complaints: Complaints
  readonly one: ReturnType<typeof person>
}

describe.each(xmppServerNames)('two browsers that chat through %s', (name) => {
  let server: XmppServer
  let demo: Demo
  let alice: Browsing
  let bob: Browsing

  beforeAll(async () => {
    server = await startXmppServer(name)
    await furnish(server, [
      { userId: 'alice', name: 'Alice' },
      { userId: 'bob', name: 'Bob' },
    ])
    demo = await startDemo(server)
    alice = await browse('alice')
    bob = await browse('bob')
  })
  afterAll(async () => {
    await demo.close()
    await server.close()
  })

  async function browse(userId: string): Promise<Browsing> {
    const context = await demo.browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1440, height: 900 },
    })
    const complaints = watchForComplaints(context, demo.origin, new URL(server.service).host)
    const page = await context.newPage()
    await page.goto(`${demo.origin}/?user=${userId}&lang=en`)
    return { page, context, complaints, one: person(page) }
  }

  it('read byte for byte what the other types', async () => {
    await alice.one.conversation('Bob').click()
    await bob.one.conversation('Alice').click()
    await alice.one.box.waitFor()
    await bob.one.box.waitFor()
    for (const [index, text] of HARD_TEXTS.entries()) {
      const [writer, reader] = index % 2 === 0 ? [alice, bob] : [bob, alice]
      await writer.one.write(text)
      await expect.poll(() => shownText(reader, text), { timeout: 15_000 }).toBe(text)
    }
  })

  it('see each other type, unread badges, and their ticks change', async () => {
    await bob.one.conversation(/Design review/).click()
    await bob.one.chat.getByText('The drafts are ready.').waitFor()
    // One server gives whole seconds for an order: what is written in the second of the last read message looks read.
    await alice.page.waitForTimeout(1_100)
    await alice.one.write('are you there?')
    await bob.one.conversation(/^Alice.*1 unread/).waitFor()
    await alice.one.chat.getByRole('article', { name: /are you there\?.*Delivered/s }).waitFor()
    await bob.one.conversation('Alice').click()
    await alice.one.chat.getByRole('article', { name: /are you there\?.*Read/s }).waitFor()
    await expect.poll(() => bob.one.conversation(/^Alice.*unread/).count()).toBe(0)
    await bob.one.box.pressSequentially('hel')
    await alice.one.chat
      .getByText(/typing/)
      .first()
      .waitFor()
    await bob.one.box.fill('')
  })

  it('talk in a group', async () => {
    for (const { one } of [alice, bob]) await one.conversation(/Design review/).click()
    await alice.one.write('what do you all think?')
    await bob.one.chat.getByRole('article', { name: /Alice.*what do you all think\?/s }).waitFor()
    await bob.one.write('I like it')
    await alice.one.chat.getByRole('article', { name: /Bob.*I like it/s }).waitFor()
  })

  it('read why a muted member cannot write, until the voice is given back', async () => {
    // Her other device: on either server a mute is without an end.
    const { transport } = await signIn(server, 'alice')
    const groups = transport.groups
    const [group] = (await groups?.list())?.items ?? []
    const give = (until: 'forever' | null) =>
      groups?.setMuted?.(group?.id ?? '', [`bob@${server.domain}`], until)
    const words = bob.one.chat.getByText('You are muted here. Ask an admin.')

    await give('forever')
    await words.waitFor()
    expect(await bob.one.box.isEditable()).toBe(false)
    expect(await bob.one.chat.getByRole('button', { name: 'Send', exact: true }).isEnabled()).toBe(false)
    await alice.one.write('silence, please')
    await bob.one.chat.getByRole('article', { name: /silence, please/ }).waitFor()
    expect(await alice.one.box.isEditable()).toBe(true)

    await give(null)
    await words.waitFor({ state: 'detached' })
    await bob.one.write('thank you')
    await alice.one.chat.getByRole('article', { name: /Bob.*thank you/s }).waitFor()
    await transport.disconnect()
  })

  it('send pictures', async () => {
    await alice.one.conversation('Bob').click()
    await bob.one.conversation('Alice').click()
    const chosen = alice.page.waitForEvent('filechooser')
    await alice.one.chat.getByRole('button', { name: 'Attach pictures or files' }).click()
    await (await chosen).setFiles({ name: 'dot.png', mimeType: 'image/png', buffer: PIXEL })
    await alice.one.chat.getByRole('button', { name: 'Send', exact: true }).click()
    for (const { one } of [bob, alice]) {
      const picture = one.chat.getByRole('img', { name: /dot\.png/ }).last()
      await picture.waitFor()
      await expect
        .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), {
          timeout: 15_000,
        })
        .toBe(1)
    }
  })

  it('become friends, and part', async () => {
    await server.register('carol')
    await alice.page.reload()
    const opened: Browsing[] = []
    await liveFriendship({
      asker: { page: alice.page, name: 'Alice' },
      asked: {
        id: 'carol',
        name: 'carol',
        async open() {
          const carol = await browse('carol')
          opened.push(carol)
          return carol.page
        },
      },
      // A server may also keep such a message to itself.
      isTold: false,
    })
    for (const { complaints, context } of opened) {
      expect(complaints.list).toEqual([])
      await context.close()
    }
    await alice.page.getByRole('button', { name: /^Chats/ }).click()
  })

  it('find everything again after a reload and on a new machine, once and in order', async () => {
    await bob.page.reload()
    const elsewhere = await browse('bob')
    for (const { one } of [bob, elsewhere]) {
      await one.conversation('Alice').click()
      await one.chat.getByRole('article', { name: /are you there\?/ }).waitFor()
      expect(await one.chat.getByRole('article', { name: /are you there\?/ }).count()).toBe(1)
      await one.conversation(/Design review/).click()
      await one.chat.getByRole('article', { name: /I like it/ }).waitFor()
      expect(await one.chat.getByRole('article', { name: /I like it/ }).count()).toBe(1)
    }
    for (const { complaints } of [alice, bob, elsewhere]) expect(complaints.list).toEqual([])
  })
})

/** The text of the newest article byte for byte: the one element that holds exactly it, else what the article says. */
async function shownText({ one }: Browsing, text: string): Promise<string> {
  return one.articles.last().evaluate((element, wanted) => {
    const holder = [...element.querySelectorAll('*')].find((inner) => inner.textContent === wanted)
    return holder?.textContent ?? element.textContent ?? ''
  }, text)
}
