import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDemo, watchForComplaints } from './support/demo'
import type { Demo } from './support/demo'
import { liveFriendship } from './support/friendship'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

it('strangers become friends, and part, in two tabs of one browser', async () => {
  const context = await demo.browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } })
  const complaints = watchForComplaints(context, demo.origin)
  const open = async (userId: string) => {
    const page = await context.newPage()
    await page.goto(`${demo.origin}/?user=${userId}&lang=en`)
    return page
  }
  await liveFriendship({
    asker: { page: await open('alice'), name: 'Alice Martin' },
    asked: { id: 'hana', name: 'Hana Tanaka', open: () => open('hana') },
    isTold: true,
  })
  expect(complaints.list).toEqual([])
  await context.close()
})

it('the screens fit a phone, and Escape leads back', async () => {
  const context = await demo.browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(`${demo.origin}/?user=alice&lang=en`)
  await page.getByRole('button', { name: /^Contacts/ }).click()
  await page.getByRole('option', { name: /^Claire Martin/ }).click()
  await page.getByRole('heading', { name: 'Claire Martin' }).waitFor()
  expect(await page.getByRole('option').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.getByRole('option', { name: /^Claire Martin/ }).waitFor()
  await page.getByRole('button', { name: /^Friend requests/ }).click()
  await page.getByRole('article', { name: 'Kwame Mensah' }).waitFor()
  await page.getByRole('button', { name: 'Back to contacts' }).click()
  await page.getByRole('button', { name: /^Chats/ }).click()
  await page.getByRole('region', { name: 'Conversations' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await context.close()
})
