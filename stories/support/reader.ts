import { expect, userEvent, waitFor, within } from 'storybook/test'

/** The messages of the only panel on the canvas, once a virtual list has drawn, measured and put the reader at their end. */
export async function findLog(canvasElement: HTMLElement): Promise<HTMLElement> {
  return waitFor(() => {
    const log = within(canvasElement).getByRole('log')
    if (!log.closest('[data-placed]')) throw new Error('the list has no place yet')
    return log
  })
}

/** Scrolls until there is what is looked for, and waits a frame or two between the steps. */
export async function scrollUntil<T>(log: HTMLElement, by: number, find: () => T | null): Promise<T> {
  for (let step = 0; step < 200; step++) {
    const found = find()
    if (found !== null) return found
    log.scrollTop += by
    await frames(3)
  }
  throw new Error('scrolled in vain')
}

/** Brings an element into the middle of what is seen. */
export async function showInMiddle(log: HTMLElement, element: Element): Promise<void> {
  const [outer, inner] = [log.getBoundingClientRect(), element.getBoundingClientRect()]
  log.scrollTop += inner.top - outer.top - outer.height / 2
  await frames(3)
}

/** Waits for something to hold, as long as a busy machine may take. */
export function eventually(check: () => unknown): Promise<unknown> {
  return waitFor(check)
}

/** Presses a button; the virtual list takes the pointer away from its rows while it believes that somebody scrolls. */
export async function press(button: HTMLElement): Promise<void> {
  await eventually(() => expect(getComputedStyle(button).pointerEvents).not.toBe('none'))
  await userEvent.click(button)
}

/** How far the reader is from the end, in pixels. */
export function distanceFromEnd(log: HTMLElement): number {
  return log.scrollHeight - log.scrollTop - log.clientHeight
}

async function frames(left: number): Promise<void> {
  for (let frame = 0; frame < left; frame++) await new Promise(requestAnimationFrame)
}
