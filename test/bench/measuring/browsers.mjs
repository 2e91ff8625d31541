import { chromium } from 'playwright'
import { chromiumLaunchOptions } from '../../support/chromium.mjs'
import { say } from './say.mjs'

/** Browsers by name, each with a profile of its own that stays while the bench runs. */
export function openBrowsers(url, profiles) {
  const opened = new Map()
  const { args, ...options } = chromiumLaunchOptions()
  async function open(name) {
    const context = await chromium.launchPersistentContext(`${profiles}/${name}`, {
      ...options,
      args: [...args, '--enable-precise-memory-info', '--js-flags=--expose-gc'],
    })
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(0)
    page.on('pageerror', (error) => say(`  the page: ${error}`))
    page.on('console', (message) => say(`  the page: ${message.text()}`))
    await page.goto(url)
    return { context, page }
  }
  return {
    async page(name) {
      if (!opened.has(name)) opened.set(name, open(name))
      return (await opened.get(name)).page
    },
    async close(name) {
      const one = await opened.get(name)
      opened.delete(name)
      await one?.context.close()
    },
    async closeAll() {
      await Promise.all([...opened.keys()].map((name) => this.close(name)))
    },
  }
}
