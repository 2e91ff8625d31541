import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { person, startDemo, watchForComplaints } from './support/demo'
import type { Demo } from './support/demo'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

async function open(path: string, viewport: { width: number; height: number }) {
  const context = await demo.browser.newContext({ viewport, locale: 'en-GB', hasTouch: viewport.width < 600 })
  const complaints = watchForComplaints(context, demo.origin)
  const page = await context.newPage()
  await page.goto(demo.origin + path)
  return {
    page,
    async close() {
      await context.close()
      expect(complaints.list).toEqual([])
    },
  }
}

describe('one person full size', () => {
  it('has three panes on a desktop', async () => {
    const { page, close } = await open('/?user=alice&lang=en', { width: 1440, height: 900 })
    await person(page)
      .conversation(/Design review/)
      .click()
    for (const name of ['Conversations', 'Chat', 'Details']) {
      await page.getByRole('region', { name, exact: true }).waitFor()
    }
    await close()
  })

  it('has one pane on a phone, with the way back', async () => {
    const { page, close } = await open('/?user=alice&lang=en', { width: 390, height: 844 })
    const alice = person(page)
    await alice.conversation('Bob').click()
    await alice.box.waitFor()
    expect(await page.getByRole('region', { name: 'Conversations' }).isVisible()).toBe(false)
    await page.getByRole('button', { name: /^Back/ }).click()
    await alice.conversation('Bob').waitFor()
    expect(await alice.chat.count()).toBe(0)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await close()
  })

  it('keeps a draft while another conversation is open', async () => {
    const { page, close } = await open('/?user=alice&lang=en', { width: 1440, height: 900 })
    const alice = person(page)
    await alice.conversation('Bob').click()
    await alice.box.fill('half a thought')
    await alice.conversation(/Design review/).click()
    await expect.poll(() => alice.box.inputValue()).toBe('')
    await alice.conversation(/^Bob.*half a thought/).click()
    await expect.poll(() => alice.box.inputValue()).toBe('half a thought')
    await close()
  })
})

describe('the bar of the demo', () => {
  it('switches language and theme at once, and both stay after a reload', async () => {
    const { page, close } = await open('/', { width: 1440, height: 900 })
    const frame = page.getByRole('region', { name: 'Alice' })
    await frame.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    await frame.getByRole('textbox', { name: '消息' }).waitFor()
    await page.getByRole('button', { name: '深色' }).click()
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
    expect(await background()).toBe('dark')
    await page.reload()
    await frame.getByRole('textbox', { name: '消息' }).waitFor()
    expect(await background()).toBe('dark')
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
    await close()
  })
})

describe('the built style sheet', () => {
  it('follows the system where the theme is automatic, and a dark part stays dark in a light page', async () => {
    const { page, close } = await open('/?lang=en&theme=auto&user=alice', { width: 1440, height: 900 })
    const chat = page.getByRole('region', { name: 'Conversations' })
    await chat.waitFor()
    const background = () => chat.evaluate((it) => getComputedStyle(it).backgroundColor)
    await page.emulateMedia({ colorScheme: 'light' })
    const light = await background()
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await background()
    expect(dark).not.toBe(light)
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await background()).toBe(light)
    await chat.evaluate((it) => it.setAttribute('data-parley-theme', 'dark'))
    expect(await background()).toBe(dark)
    await close()
  })
})

describe('a picture with a caption', () => {
  it('travels from one person to the other and opens full size', async () => {
    const { page, close } = await open('/?lang=en', { width: 1440, height: 900 })
    const alice = person(page.getByRole('region', { name: 'Alice' }))
    const bob = person(page.getByRole('region', { name: 'Bob' }))
    await alice.box.waitFor()
    const png = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(64, 48)
      canvas.getContext('2d')?.fillRect(8, 8, 40, 30)
      const blob = await canvas.convertToBlob({ type: 'image/png' })
      return [...new Uint8Array(await blob.arrayBuffer())]
    })
    const chooser = page.waitForEvent('filechooser')
    await alice.chat
      .getByRole('button', { name: /picture|image/i })
      .first()
      .click()
    await (await chooser).setFiles({ name: 'square.png', mimeType: 'image/png', buffer: Buffer.from(png) })
    await alice.write('a small square')
    const article = bob.chat.getByRole('article', { name: /a small square/ })
    await article.waitFor()
    const picture = article.getByRole('img').first()
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(64)
    await close()
  })
})
