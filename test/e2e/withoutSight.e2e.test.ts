import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright'
import { person, startDemo, watchForComplaints } from './support/demo'
import type { Demo } from './support/demo'
import { listenTo } from './support/screenReader'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

/** Nobody touches a mouse, and nobody sees the page: the keyboard, and what the browser tells a screen reader. */
it('lets a person read, answer, react, forward, record, send a file and find what was said long ago', async () => {
  const context = await demo.browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  const complaints = watchForComplaints(context, demo.origin)
  const page = await open(`${demo.origin}/?user=alice&lang=en`)
  const bobsPage = await open(`${demo.origin}/?user=bob&lang=en`)
  const bob = person(bobsPage)
  await bob.conversation(/^Alice/).click()
  await bob.box.waitFor()
  await page.bringToFront()
  const heard = await listenTo(page)

  async function open(url: string): Promise<Page> {
    const opened = await context.newPage()
    await opened.goto(url)
    return opened
  }
  /** Goes to the newest message that says this, message by message. */
  async function toMessage(words: RegExp): Promise<string> {
    await heard.pressUntil('Shift+Tab', /\((log|article)\)$/)
    await heard.press('End')
    return heard.pressUntil('ArrowUp', words)
  }
  async function choose(name: RegExp): Promise<void> {
    await page.keyboard.press('Enter')
    await heard.hears(/\(menuitem\)|\(menu\)$/)
    await heard.pressUntil('ArrowDown', name)
    await page.keyboard.press('Enter')
  }
  const backToBox = () => heard.pressUntil('Tab', /^Message \(textbox\)$/)

  // Into the conversation.
  await heard.pressUntil('Tab', /\(option\)$/)
  await heard.pressUntil('ArrowDown', /^Bob/)
  await page.keyboard.press('Enter')
  await heard.hears(/^Message \(textbox\)$/)

  // What comes is told, sender first, while the keyboard stays where it is; and it is read again, with its time.
  await bob.write('Which train shall we take?')
  await heard.hears(/^polite: Bob[^:]*: Which train shall we take\?$/)
  const read = await toMessage(/Which train/)
  expect(read).toMatch(/^Bob[^:]*: Which train shall we take\?\. \d\d:\d\d \(article\)$/)
  await page.keyboard.press('Home')
  const oldest = await heard.hears(/\(article\)$/)

  // Answered: what is answered is told at the field.
  await toMessage(/Which train/)
  await choose(/^Reply \(menuitem\)/)
  await heard.hears(/^Message \(textbox\)$/)
  await page.keyboard.type('The early one')
  await page.keyboard.press('Enter')
  await bob.chat.getByRole('article', { name: /^Alice.*The early one/ }).waitFor()
  await bob.chat.getByRole('button', { name: /Which train shall we take/ }).waitFor()

  // Reacted to.
  await toMessage(/Which train/)
  await choose(/^React with 👍/)
  await bob.chat.getByRole('button', { name: /^👍/ }).waitFor()
  await heard.hears(/Which train.*\(article\)$/)

  // Passed on, to the one it is from.
  await choose(/^Forward \(menuitem\)/)
  await heard.pressUntil('Tab', /^Bob.*\(checkbox\)$/)
  await page.keyboard.press('Space')
  await heard.pressUntil('Tab', /^Forward \(button\)$/)
  await page.keyboard.press('Enter')
  await bob.chat.getByRole('article', { name: /^Alice.*Which train/ }).waitFor()

  // Spoken.
  await toMessage(/Which train/)
  await backToBox()
  await heard.pressUntil('Tab', /^Record a voice message \(button\)$/)
  await page.keyboard.press('Enter')
  await heard.hears(/^polite: Recording/)
  await page.getByRole('timer').getByText('0:01').waitFor()
  await heard.pressUntil('Tab', /^Send \(button\)$/)
  await page.keyboard.press('Enter')
  await bob.chat.getByRole('article', { name: /^Alice.*Voice message/ }).waitFor()
  await heard.hears(/^Message \(textbox\)$/)

  // A file from the disk.
  await heard.pressUntil('Shift+Tab', /^Attach pictures or files \(button\)$/)
  const choosing = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  await (
    await choosing
  ).setFiles({ name: 'minutes.txt', mimeType: 'text/plain', buffer: Buffer.from('all of it') })
  await page.getByRole('list', { name: 'Files to send' }).waitFor()
  await backToBox()
  await page.keyboard.press('Enter')
  await bob.chat.getByRole('article', { name: /^Alice.*minutes\.txt/ }).waitFor()

  // What was said long ago.
  const words = (/: (.*?)\. \d\d:\d\d/u.exec(oldest)?.[1] ?? '').slice(0, 24).trim()
  await heard.pressUntil('Shift+Tab', /^Search messages \(button\)$/)
  await page.keyboard.press('Enter')
  await heard.hears(/\(textbox\)$/)
  await page.keyboard.type(words)
  await heard.hears(/^polite: .*\d+ (message|result)/)
  await heard.pressUntil('Tab', new RegExp(`${words.slice(0, 8)}.*\\(button\\)$`, 'u'))
  await page.keyboard.press('Enter')
  await page.locator('[data-target]').getByText(words).waitFor()
  await heard.hears(new RegExp(`${words.slice(0, 8)}.*\\(article\\)$`, 'u'))
  await page.keyboard.press('Escape')
  await heard.hears(new RegExp(`${words.slice(0, 8)}.*\\(button\\)$`, 'u'))
  expect(heard.lines.filter((line) => line.startsWith('assertive'))).toEqual([])
  await context.close()
  expect(complaints.list).toEqual([])
})
