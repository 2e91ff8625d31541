import type { Page } from 'playwright'
import { person } from './demo'

const NUMBERED = /(left|right)-\d{4}/

/**
 * The numbered messages of the log from the oldest to the newest, read as a person reads: from the bottom up, a part of a
 * screen at a time. Each view must overlap the one below it, so a message that stands twice is found twice.
 */
export async function readNumbered(page: Page): Promise<readonly string[]> {
  const { log } = person(page)
  const found: string[] = []
  let move: Move = 'bottom'
  for (let step = 0; step < 2_000; step++) {
    const view = await lookAt(log, move)
    const numbers = view.texts.map((text) => NUMBERED.exec(text)?.[0])
    const below = found[0] === undefined ? numbers.length : numbers.lastIndexOf(found[0])
    // Too far: where the reader was stands further down.
    move = below < 0 ? 'down' : 'up'
    if (below < 0) continue
    found.unshift(...numbers.slice(0, below).filter((number) => number !== undefined))
    if (view.isAtTop || numbers.findIndex((number) => number !== undefined) > 0) return found
  }
  throw new Error(`the log has no end above ${found[0]}`)
}

type Move = 'bottom' | 'up' | 'down'

/** Whether this message is the last one of the log, which is scrolled to its end. */
export async function isLast(page: Page, text: string): Promise<boolean> {
  const { texts } = await lookAt(person(page).log, 'bottom')
  return NUMBERED.exec(texts.at(-1) ?? '')?.[0] === text
}

function lookAt(log: ReturnType<typeof person>['log'], move: Move) {
  return log.evaluate(async (scroller, towards) => {
    const frames = (left: number): Promise<void> =>
      new Promise((done) => requestAnimationFrame(() => done(left > 1 ? frames(left - 1) : undefined)))
    if (towards === 'bottom') scroller.scrollTo(0, scroller.scrollHeight)
    else scroller.scrollBy(0, scroller.clientHeight * (towards === 'up' ? -0.5 : 0.2))
    await frames(3)
    const articles = [...scroller.querySelectorAll('article')]
    const isAtTop = scroller.scrollTop <= 0 && scroller.getAttribute('aria-busy') !== 'true'
    return { texts: articles.map((article) => article.textContent), isAtTop }
  }, move)
}
