import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright'
import { person, startDemo, watchForComplaints } from './support/demo'
import type { Demo } from './support/demo'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

/**
 * Scrolls up and tells how far the row in the middle of the view is from where the scroll should have put it, and how many
 * screens of rows are in the page. A row is where it ends: the name above a message comes with the messages before it.
 */
async function scrollUp(page: Page, distance: number) {
  return person(page).log.evaluate(async (scroller, by) => {
    const articles = () => [...scroller.querySelectorAll('article')]
    const box = scroller.getBoundingClientRect()
    const endOf = (article: Element) => article.getBoundingClientRect().bottom
    const middle = articles().find((article) => endOf(article) > box.top + box.height / 2)
    const before = middle ? endOf(middle) : 0
    const expected = Math.min(by, scroller.scrollTop)
    scroller.scrollBy(0, -by)
    const frames = (left: number): Promise<void> =>
      new Promise((done) => requestAnimationFrame(() => done(left > 1 ? frames(left - 1) : undefined)))
    await frames(3)
    return {
      offBy: middle?.isConnected ? Math.abs(endOf(middle) - before - expected) : 0,
      screens: articles().reduce((sum, article) => sum + article.offsetHeight, 0) / box.height,
    }
  }, distance)
}

describe('a conversation with more than 5,000 messages', () => {
  it('is read page by page to its beginning, without a jump and with few rows in the page', async () => {
    const context = await demo.browser.newContext({ viewport: { width: 1280, height: 800 } })
    const complaints = watchForComplaints(context, demo.origin)
    const page = await context.newPage()
    await page.goto(`${demo.origin}/?user=alice&lang=en`)
    await person(page)
      .conversation(/Design review/)
      .click()
    await person(page).articles.last().waitFor()

    const jumps: string[] = []
    let mostScreens = 0
    const beginning = person(page).log.getByText(/beginning|begins/)
    for (let step = 0; step < 4_000 && !(await beginning.isVisible()); step++) {
      const { offBy, screens } = await scrollUp(page, 600)
      // Less than half a line is nothing an eye could see.
      if (offBy >= 8) jumps.push(`${Math.round(offBy)} px at step ${step}`)
      mostScreens = Math.max(mostScreens, screens)
    }
    expect(await beginning.isVisible()).toBe(true)
    expect(jumps).toEqual([])
    expect(mostScreens).toBeLessThan(3)
    expect(complaints.list).toEqual([])
    await context.close()
  }, 300_000)
})
