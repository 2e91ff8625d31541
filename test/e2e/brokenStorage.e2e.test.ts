import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { person, startDemo } from './support/demo'
import type { Demo } from './support/demo'

let demo: Demo

beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

/** Ways in which a browser's database can be of no use; each runs in the page before anything else. */
const FAILURES = {
  'throws at open': () => {
    indexedDB.open = () => {
      throw new DOMException('refused', 'SecurityError')
    }
  },
  'never answers': () => {
    indexedDB.open = () => new EventTarget() as IDBOpenDBRequest
  },
  'is missing': () => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
  },
  'fails at every write': () => {
    const open = IDBDatabase.prototype.transaction
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, names, mode, options) {
      if (mode === 'readwrite') throw new DOMException('full', 'QuotaExceededError')
      return open.call(this, names, mode, options)
    }
  },
}

describe('when the database of the browser', () => {
  it.each(Object.entries(FAILURES))(
    '%s, the chat works and says that nothing is kept',
    async (_, breakStorage) => {
      const context = await demo.browser.newContext({ viewport: { width: 1440, height: 900 } })
      await context.addInitScript(breakStorage)
      const page = await context.newPage()
      await page.goto(`${demo.origin}/?lang=en`)
      const alice = person(page.getByRole('region', { name: 'Alice' }))
      const bob = person(page.getByRole('region', { name: 'Bob' }))
      await alice.box.waitFor({ timeout: 60_000 })
      await alice.write('still here')
      await bob.chat.getByRole('article', { name: /still here/ }).waitFor()
      await bob.write('me too')
      await alice.chat.getByRole('article', { name: /me too/ }).waitFor()
      const notice = page
        .getByRole('region', { name: 'Alice' })
        .getByRole('status')
        .filter({ hasText: /keeps nothing/ })
      await notice.first().waitFor()
      expect(await notice.first().isVisible()).toBe(true)
      await context.close()
    },
  )
})
