import type { BrowserContext, Page } from 'playwright'
import { person } from './demo'

/** How a tab dies: it is closed without a word, or its process crashes. */
export type Death = 'closed' | 'crashed'

/** One of several tabs of a person, which dies and is opened again. */
export interface Tab {
  readonly name: string
  readonly page: Page
  readonly person: ReturnType<typeof person>
  /**
   * Types a text, sends it, and resolves once its row is in the log; false where the tab dies before. `onPressed` hears
   * that the button was pressed.
   */
  give(text: string, onPressed?: () => void): Promise<boolean>
  die(how: Death): Promise<void>
  reopen(): Promise<void>
}

/** Opens a tab at an address, and in it the conversation with somebody. */
export async function openTab(
  context: BrowserContext,
  name: string,
  address: string,
  peer: string,
): Promise<Tab> {
  const dead = new WeakSet<Page>()
  let page = await open()

  async function open(): Promise<Page> {
    const opened = await context.newPage()
    await opened.goto(address)
    // A name that is slow to come stands as the id, in whatever letters that is written.
    await person(opened)
      .conversation(new RegExp(`^${peer}`, 'i'))
      .click()
    await person(opened).box.waitFor()
    return opened
  }

  async function typeAndSend(text: string, onPressed: () => void): Promise<void> {
    const { box, log, chat } = person(page)
    await box.fill(text)
    // A click waits for frames, which a tab in the background draws seldom.
    await chat.getByRole('button', { name: 'Send', exact: true }).press('Enter')
    onPressed()
    await log.getByText(text, { exact: true }).waitFor()
  }

  return {
    name,
    get page() {
      return page
    },
    get person() {
      return person(page)
    },
    async give(text, onPressed = () => {}) {
      const mine = page
      try {
        await typeAndSend(text, onPressed)
        return true
      } catch (error) {
        if (dead.has(mine)) return false
        throw error
      } finally {
        onPressed()
      }
    },
    async die(how) {
      dead.add(page)
      if (how === 'crashed') await crash(page)
      await page.close({ runBeforeUnload: false })
    },
    async reopen() {
      page = await open()
    },
  }
}

async function crash(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const crashed = new Promise((resolve) => page.once('crash', resolve))
  // A process that is gone answers nothing.
  devtools.send('Page.crash').catch(() => {})
  await crashed
}
