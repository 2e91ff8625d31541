import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright'
import { person, startDemo, watchForComplaints } from './support/demo'
import type { Demo } from './support/demo'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

/** Scrolls up a little and tells how far the row that was in the middle moved against the scroll, and how many rows there are. */
async function scrollUp(page: Page, distance: number) {
  const log = person(page).log
  return log.evaluate(async (scroller, by) => {
    const articles = () => [...scroller.querySelectorAll('article')]
    const box = scroller.getBoundingClientRect()
    const middle = articles().find(
      (article) => article.getBoundingClientRect().bottom > box.top + box.height / 2,
    )
    const before = middle?.getBoundingClientRect().top ?? 0
    scroller.scrollBy(0, -by)
    const frames = (count: number) =>
      new Promise<void>((done) => {
        const next = (left: number) => (left === 0 ? done() : requestAnimationFrame(() => next(left - 1)))
        next(count)
      })
    await frames(3)
    const moved = middle?.isConnected ? middle.getBoundingClientRect().top - before : undefined
    return {
      moved,
      rowCount: articles().length,
      rowHeight: articles().reduce((sum, article) => sum + article.getBoundingClientRect().height, 0),
      viewHeight: box.height,
      top: scroller.scrollTop,
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

    let jumps = 0
    let mostScreens = 0
    const beginning = person(page).log.getByText(/beginning|begins/)
    for (let step = 0; step < 4_000 && !(await beginning.isVisible()); step++) {
      const { moved, rowHeight, viewHeight } = await scrollUp(page, 600)
      mostScreens = Math.max(mostScreens, rowHeight / viewHeight)
      // At the very top there is less to scroll than asked; a jump is a row moving up, or farther than the scroll.
      if (moved !== undefined && (moved < -1 || moved > 601)) jumps++
    }
    expect(await beginning.isVisible()).toBe(true)
    expect(jumps).toBe(0)
    expect(mostScreens).toBeLessThan(3)
    expect(complaints.list).toEqual([])
    await context.close()
  }, 300_000)
})
