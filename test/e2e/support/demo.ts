import { build, preview } from 'vite'
import { chromium } from 'playwright'
import type { Browser, BrowserContext, Page } from 'playwright'
import { demoConfig } from '../../../demo/vite.config'
import type { DemoServer } from '../../../demo/vite.config'
import { chromiumLaunchOptions } from '../../support/chromium.mjs'

/** The built demo on a port of its own, and a browser to look at it. */
export interface Demo {
  readonly origin: string
  readonly browser: Browser
  close(): Promise<void>
}

/** Builds the demo as `npm run demo` or `npm run demo:xmpp` does and serves it under the same headers. */
export async function startDemo(xmpp?: DemoServer): Promise<Demo> {
  const config = { ...demoConfig(xmpp), configFile: false as const, logLevel: 'warn' as const }
  await build(config)
  const server = await preview({ ...config, preview: { ...config.preview, port: 0, host: '127.0.0.1' } })
  const origin = server.resolvedUrls?.local[0]?.replace(/\/$/, '')
  if (origin === undefined) throw new Error('the demo server has no address')
  const browser = await chromium.launch(chromiumLaunchOptions())
  return {
    origin,
    browser,
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

/** What a page must never do; empty at the end of a good test. */
export interface Complaints {
  readonly list: string[]
}

/** Writes down errors, refused markup and requests that leave the origin, except to the one host that is allowed. */
export function watchForComplaints(
  context: BrowserContext,
  origin: string,
  allowedHost?: string,
): Complaints {
  const list: string[] = []
  context.on('weberror', (error) => list.push(`error: ${error.error().message}`))
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') list.push(`console: ${message.text()}`)
  })
  context.on('request', (request) => {
    const { protocol, origin: target, host } = new URL(request.url())
    if (protocol.startsWith('http') && target !== origin && host !== allowedHost)
      list.push(`request: ${request.url()}`)
  })
  return { list }
}

/** One person's chat in a page, found by role and name only. */
export function person(scope: Page | ReturnType<Page['getByRole']>) {
  const chat = scope.getByRole('region', { name: 'Chat', exact: true })
  return {
    chat,
    log: chat.getByRole('log', { name: 'Messages' }),
    box: chat.getByRole('textbox', { name: 'Message', exact: true }),
    articles: chat.getByRole('article'),
    conversation: (title: string | RegExp) =>
      scope
        .getByRole('region', { name: 'Conversations' })
        .getByRole('option', { name: typeof title === 'string' ? new RegExp(`^${title}`) : title }),
    async write(text: string): Promise<void> {
      await this.box.fill(text)
      await chat.getByRole('button', { name: 'Send', exact: true }).click()
    },
  }
}
