import axe from 'axe-core'
import { mount, type VueWrapper } from '@vue/test-utils'
import { page, userEvent } from 'vitest/browser'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, useTemplateRef } from 'vue'
import { createChatKit, type ChatKit } from '../../../src/app'
import { ChatKitProvider } from '../../../src/components/ChatKitProvider'
import { ChatPanel } from '../../../src/components/ChatPanel'
import { useTimelineStore } from '../../../src/stores'
import { createArchive, type Archive } from '../../support/archive'
import '../../../src/styles/index.css'

const startedAt = Date.UTC(2026, 9, 1)
let open: { wrapper: VueWrapper; kit: ChatKit } | undefined

vi.setConfig({ testTimeout: 60_000 })
beforeEach(() => {
  // Rows that are drawn because others turned out lower are measured a frame later; Chromium remarks on it, no more.
  const say = console.error
  vi.spyOn(console, 'error').mockImplementation((...words: unknown[]) => {
    if (!String(words[0]).includes('ResizeObserver loop')) say(...words)
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  open?.wrapper.unmount()
  await open?.kit.dispose()
  open = undefined
  document.body.replaceChildren()
})

/** A panel on a conversation with so many messages, at its end. */
async function show(count: number, historyPageSize = 20) {
  await page.viewport(700, 700)
  const archive = createArchive(count)
  const kit = createChatKit({
    transport: archive.transport,
    userId: 'alice',
    cache: 'memory',
    historyPageSize,
  })
  archive.goOnline()
  await kit.online()
  const box = document.createElement('div')
  Object.assign(box.style, { width: '600px', height: '640px' })
  document.body.append(box)
  const Stage = defineComponent({
    setup(_, { expose }) {
      const panel = useTemplateRef<InstanceType<typeof ChatPanel>>('panel')
      expose({ goTo: (to: Parameters<InstanceType<typeof ChatPanel>['goTo']>[0]) => panel.value?.goTo(to) })
      return () =>
        h(ChatKitProvider, { kit }, { default: () => h(ChatPanel, { ref: 'panel', conversationId: 'c1' }) })
    },
  })
  const wrapper = mount(Stage, { attachTo: box })
  ;(box.firstElementChild as HTMLElement).style.height = '100%'
  open = { wrapper, kit }
  await vi.waitFor(() => expect(box.querySelector('[data-placed]')).not.toBeNull(), { timeout: 5_000 })
  const log = box.querySelector<HTMLElement>('[role=log]')
  if (!log) throw new Error('no log')
  await vi.waitFor(() => expect(distanceFromEnd(log)).toBeLessThanOrEqual(1))
  const goTo = (wrapper.vm as unknown as { goTo: InstanceType<typeof ChatPanel>['goTo'] }).goTo
  return { archive, kit, box, log, goTo }
}

async function frames(count = 10): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame)
}

const distanceFromEnd = (log: HTMLElement) => log.scrollHeight - log.scrollTop - log.clientHeight
const refOf = (seq: number) => ({ conversationId: 'c1', keys: [`seq:1:${seq}`] })

/** The bubbles in the document, by the number of their message; the words repeat a number only once. */
function bubbles(log: HTMLElement) {
  return [...log.querySelectorAll('article')].map((article) => ({
    seq: Number(/Number (\d+)/u.exec(article.textContent ?? '')?.[1]),
    box: article.getBoundingClientRect(),
  }))
}

/** Where the bubble of a message ends in the log, whose top a name or a day may move. */
function endOf(log: HTMLElement, seq: number): number {
  const found = bubbles(log).find((bubble) => bubble.seq === seq)
  return found ? found.box.bottom - log.getBoundingClientRect().top : Infinity
}

/** The first message that is wholly on screen. */
function firstVisible(log: HTMLElement): number {
  const { top } = log.getBoundingClientRect()
  return Math.min(...bubbles(log).flatMap(({ seq, box }) => (box.top >= top && seq > 0 ? seq : [])))
}

function isInView(log: HTMLElement, seq: number): boolean {
  const end = endOf(log, seq)
  return end > 0 && end <= log.clientHeight
}

/** Waits until nothing moves any more: no page is on its way and every frame looks like the last. */
async function rests(log: HTMLElement): Promise<void> {
  let look = ''
  let same = 0
  for (let i = 0; i < 300 && same < 10; i++) {
    await new Promise(requestAnimationFrame)
    const now = `${log.scrollTop} ${log.scrollHeight}`
    same = now === look ? same + 1 : 0
    look = now
  }
}

async function scrollTo(log: HTMLElement, top: number): Promise<void> {
  log.scrollTop = top
  await rests(log)
  // The virtual list takes the pointer away while it believes that somebody scrolls.
  await vi.waitFor(() =>
    expect(log.querySelector<HTMLElement>(':scope > [style]')?.style.pointerEvents).toBe(''),
  )
  await rests(log)
}

/** The line goes down, so many are written meanwhile, and the line comes back without telling them. */
async function miss(archive: Archive, log: HTMLElement, count: number): Promise<void> {
  archive.goOffline()
  archive.grow(count, false)
  archive.goOnline(false)
  await vi.waitFor(() => expect(archive.pages.at(-1)?.from).toBe('newest'))
  await rests(log)
}

const pill = () => page.getByRole('button', { name: /Jump to latest/u })
const back = () => page.getByRole('button', { name: 'Back to where you were' })
const gapOf = (log: HTMLElement) => log.querySelector<HTMLElement>('.parley-gap')
const entriesOf = (kit: ChatKit) => useTimelineStore(kit.pinia).timelineById.get('c1')?.entries() ?? []
const expectStill = (now: number, was: number) => expect(Math.abs(now - was)).toBeLessThanOrEqual(2)

describe('what was missed while the line was down', () => {
  it('is a gap with words that fills itself when the reader comes near, and moves nothing', async () => {
    const { archive, kit, log } = await show(60)
    await scrollTo(log, log.scrollTop - 700)
    const read = firstVisible(log)
    const was = endOf(log, read)
    await miss(archive, log, 70)
    expectStill(endOf(log, read), was)
    archive.hold()
    while (!gapOf(log)) await scrollTo(log, log.scrollTop + 400)
    await vi.waitFor(() => expect(gapOf(log)?.textContent).toContain('Loading the messages missing here'))
    const seen = firstVisible(log)
    const stood = endOf(log, seen)
    archive.letGo()
    await rests(log)
    expectStill(endOf(log, seen), stood)
    await scrollTo(log, log.scrollHeight)
    while (entriesOf(kit).length < 130 && archive.pages.length < 12)
      await scrollTo(log, log.scrollTop - 1_200)
    const seqs = entriesOf(kit).map(({ message }) => message.order?.major)
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index))
    expect(gapOf(log)).toBeNull()
  })

  it('fills itself above a reader who comes from below, and moves nothing', async () => {
    const { archive, log } = await show(60)
    await miss(archive, log, 70)
    expect(isInView(log, 130)).toBe(true)
    archive.hold()
    while (!gapOf(log)) await scrollTo(log, log.scrollTop - 300)
    const read = firstVisible(log)
    const was = endOf(log, read)
    archive.letGo()
    await vi.waitFor(() => expect(archive.pages.length).toBeGreaterThan(2))
    await rests(log)
    expectStill(endOf(log, read), was)
    expect(isInView(log, read)).toBe(true)
  })

  it('says that a page failed, and asks again at the press of a button', async () => {
    const { archive, log } = await show(60)
    await scrollTo(log, log.scrollTop - 600)
    await miss(archive, log, 60)
    archive.fail(true)
    while (!gapOf(log)) await scrollTo(log, log.scrollTop + 400)
    await vi.waitFor(() => expect(gapOf(log)?.textContent).toContain('Some messages are missing here'))
    const retry = page.getByRole('log').getByRole('button', { name: 'Try again' })
    const asked = archive.pages.length
    await rests(log)
    expect(archive.pages.length).toBe(asked)
    archive.fail(false)
    await retry.click()
    await vi.waitFor(() => expect(archive.pages.length).toBeGreaterThan(asked))
    await vi.waitFor(() => expect(gapOf(log)?.textContent ?? '').not.toContain('Some messages'))
  })

  it('says so where it is no longer kept', async () => {
    const { archive, log } = await show(60)
    await scrollTo(log, log.scrollTop - 600)
    archive.keepFrom(100)
    await miss(archive, log, 60)
    while (!gapOf(log)) await scrollTo(log, log.scrollTop + 400)
    await vi.waitFor(() =>
      expect(gapOf(log)?.textContent).toContain('The messages that were here are no longer kept'),
    )
    expect(gapOf(log)?.querySelector('button')).toBeNull()
  })
})

describe('going to a message', () => {
  it('far up shows it in view and lit up, and leads back to the same row at the same place', async () => {
    const { log, goTo } = await show(1_000)
    await scrollTo(log, log.scrollTop - 500)
    const read = firstVisible(log)
    const was = endOf(log, read)
    expect(await goTo({ message: refOf(200) })).toBe(true)
    await rests(log)
    expect(isInView(log, 200)).toBe(true)
    expect(log.querySelector('[data-target]')?.textContent).toContain('Number 200')
    await back().click()
    await vi.waitFor(() => expect(isInView(log, read)).toBe(true))
    await rests(log)
    expectStill(endOf(log, read), was)
    await expect.element(back()).not.toBeInTheDocument()
  })

  it('from the end leads back to the end', async () => {
    const { log, goTo } = await show(1_000)
    await goTo({ message: refOf(200) })
    await rests(log)
    await back().click()
    await vi.waitFor(() => expect(isInView(log, 1_000)).toBe(true))
    await rests(log)
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
    await expect.element(pill()).not.toBeInTheDocument()
  })

  it('that is seen already lights it up, and there is no place to go back to', async () => {
    const { log, goTo } = await show(1_000)
    expect(await goTo({ message: refOf(1_000) })).toBe(true)
    await rests(log)
    expect(log.querySelector('[data-target]')?.textContent).toContain('Number 1000')
    await expect.element(back()).not.toBeInTheDocument()
    await goTo({ message: refOf(200) })
    await expect.element(back()).toBeVisible()
  })

  it('that is loaded does not ask anybody', async () => {
    const { archive, log, goTo } = await show(1_000)
    const asked = archive.pages.length
    await goTo({ message: refOf(985) })
    await rests(log)
    expect(isInView(log, 985)).toBe(true)
    expect(archive.pages.filter(({ direction }) => direction === 'around')).toEqual([])
    expect(archive.pages.length - asked).toBeLessThanOrEqual(1)
  })

  it('that is not there says no and moves nothing', async () => {
    const { archive, log, goTo } = await show(200)
    await scrollTo(log, log.scrollTop - 300)
    const read = firstVisible(log)
    const was = endOf(log, read)
    archive.fail(true)
    expect(await goTo({ message: refOf(20) })).toBe(false)
    await rests(log)
    expectStill(endOf(log, read), was)
    await expect.element(back()).not.toBeInTheDocument()
  })

  it('by date shows the first message of that moment', async () => {
    const { log, goTo } = await show(1_000)
    expect(await goTo({ at: startedAt + 300 * 60_000 })).toBe(true)
    await rests(log)
    expect(isInView(log, 300)).toBe(true)
  })

  it('loads what comes after it page by page until the end is reached again', async () => {
    const { archive, kit, log, goTo } = await show(150)
    await goTo({ message: refOf(40) })
    await rests(log)
    for (let turn = 0; turn < 30 && !isInView(log, 150); turn++) await scrollTo(log, log.scrollTop + 1_500)
    await scrollTo(log, log.scrollHeight)
    expect(isInView(log, 150)).toBe(true)
    const seqs = entriesOf(kit).map(({ message }) => message.order?.major)
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index))
    await expect.element(pill()).not.toBeInTheDocument()
    archive.grow(1)
    await vi.waitFor(() => expect(isInView(log, 151)).toBe(true))
  })

  it('takes the focus along, from where the End key leads back to the newest', async () => {
    const { log, goTo } = await show(1_000)
    log.focus()
    await goTo({ message: refOf(200) })
    await rests(log)
    expect(document.activeElement?.getAttribute('aria-label')).toContain('Number 200 ')
    await userEvent.keyboard('{End}')
    await vi.waitFor(() => expect(isInView(log, 1_000)).toBe(true))
    expect(document.activeElement).toBe(log)
  })

  it('gives the focus to the messages when the pressed button goes', async () => {
    const { log, goTo } = await show(1_000)
    await goTo({ message: refOf(200) })
    await rests(log)
    ;(back().element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await vi.waitFor(() => expect(isInView(log, 1_000)).toBe(true))
    await vi.waitFor(() => expect(document.activeElement).toBe(log))
  })
})

describe('a reader in old history', () => {
  it('is told how many came in and is not moved, and the pill leads to them', async () => {
    const { archive, log, goTo } = await show(1_000)
    await goTo({ message: refOf(200) })
    await rests(log)
    const was = endOf(log, 200)
    archive.grow(3)
    await expect.element(pill()).toHaveTextContent('3 new messages')
    await rests(log)
    expectStill(endOf(log, 200), was)
    await pill().click()
    await vi.waitFor(() => expect(isInView(log, 1_003)).toBe(true))
    await rests(log)
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
    await expect.element(pill()).not.toBeInTheDocument()
    await expect.element(back()).not.toBeInTheDocument()
  })

  it('gets to the newest message by the End key', async () => {
    const { log, goTo } = await show(1_000)
    await goTo({ message: refOf(200) })
    await rests(log)
    log.focus()
    await userEvent.keyboard('{End}')
    await vi.waitFor(() => expect(isInView(log, 1_000)).toBe(true))
    await rests(log)
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
  })

  it('who sends something comes to the end', async () => {
    const { log, goTo } = await show(1_000)
    await goTo({ message: refOf(200) })
    await rests(log)
    await page.getByRole('textbox', { name: 'Message' }).fill('Here I am')
    await userEvent.keyboard('{Enter}')
    await vi.waitFor(() => expect(log.textContent).toContain('Here I am'))
    await rests(log)
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
    expect(isInView(log, 1_000)).toBe(true)
  })
})

describe('a long way', () => {
  it(
    'through 3,000 messages and back holds a bounded window with the right rows',
    { timeout: 180_000 },
    async () => {
      const { kit, log } = await show(3_000, 50)
      let most = 0
      const store = useTimelineStore(kit.pinia)
      const look = () => {
        const rows = entriesOf(kit).map(({ message }) => message.order?.major)
        most = Math.max(most, rows.length)
        expect(rows).toEqual(rows.map((_, index) => (rows[0] ?? 0) + index))
      }
      const first = () => entriesOf(kit)[0]?.message.order?.major ?? 0
      for (let turn = 0; turn < 400 && first() > 1; turn++) {
        log.scrollTop = 0
        await frames(6)
        look()
      }
      expect(first()).toBe(1)
      await rests(log)
      for (let turn = 0; turn < 400 && store.timelineById.get('c1')?.isDetached; turn++) {
        log.scrollTop = log.scrollHeight
        await frames(6)
        look()
      }
      await scrollTo(log, log.scrollHeight)
      expect(isInView(log, 3_000)).toBe(true)
      expect(most).toBeLessThanOrEqual(500)
    },
  )
})

describe('in the width of a small phone', () => {
  it('the two pills stand clear of each other', async () => {
    const { archive, log, box, goTo } = await show(1_000)
    box.style.width = '320px'
    await goTo({ message: refOf(200) })
    archive.grow(30)
    await expect.element(pill()).toHaveTextContent('30 new messages')
    await rests(log)
    await frames(30)
    const [one, other] = [back(), pill()].map((button) => button.element().getBoundingClientRect())
    const isClear = one && other && (one.right <= other.left || one.bottom <= other.top)
    expect(isClear).toBe(true)
    expect(Math.max(one?.right ?? Infinity, other?.right ?? Infinity)).toBeLessThanOrEqual(320)
  })
})

describe.each(['light', 'dark'] as const)('in %s colours', (scheme) => {
  it('gaps and pills are reachable, named and without accessibility faults', async () => {
    document.documentElement.dataset['parleyTheme'] = scheme
    const { archive, log, box, goTo } = await show(60)
    await scrollTo(log, log.scrollTop - 600)
    await miss(archive, log, 60)
    archive.fail(true)
    while (!gapOf(log)) await scrollTo(log, log.scrollTop + 400)
    await vi.waitFor(() => expect(gapOf(log)?.querySelector('button')).not.toBeNull())
    await goTo({ message: refOf(55) })
    await rests(log)
    await expect.element(back()).toBeVisible()
    await frames(30)
    const { violations } = await axe.run(box)
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    document.documentElement.removeAttribute('data-parley-theme')
  })
})

describe('A reader at the end', () => {
  it('stays there while messages come faster than they are drawn', async () => {
    const { archive, log } = await show(300)
    for (let batch = 0; batch < 60; batch++) {
      archive.grow(200, true)
      if (batch % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 4))
      else await Promise.resolve()
    }
    await rests(log)
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
    expect(isInView(log, 300 + 12_000)).toBe(true)
  })
})
