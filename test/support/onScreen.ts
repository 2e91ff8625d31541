import { mount } from '@vue/test-utils'
import { vi } from 'vitest'
import { h } from 'vue'
import type { VNode } from 'vue'
import type { ChatKit } from '../../src/app'
import { ChatKitProvider } from '../../src/components/ChatKitProvider'
import '../../src/styles/index.css'

const unmounts: (() => void)[] = []

/** Draws a part of the page for somebody, in a box of so many CSS pixels. */
export function show(
  kit: ChatKit,
  draw: () => VNode,
  { width = 480, height = 800 }: { readonly width?: number; readonly height?: number } = {},
): HTMLElement {
  const box = document.body.appendChild(document.createElement('div'))
  Object.assign(box.style, { inlineSize: `${width}px`, blockSize: `${height}px`, display: 'grid' })
  const wrapper = mount(() => h(ChatKitProvider, { kit }, { default: draw }), {
    attachTo: box,
    // Each is an app of its own, and the page is one: their ids must not be the same.
    global: { config: { idPrefix: `box-${unmounts.length}` } },
  })
  unmounts.push(() => wrapper.unmount())
  return box
}

/** Takes everything away that was shown. */
export function clearScreen(): void {
  unmounts.splice(0).forEach((unmount) => unmount())
  document.body.replaceChildren()
}

/** How long a slow machine may take; what is there sooner costs nothing. */
export const patience = { timeout: 20_000, interval: 20 }

/** The button or menu item that is called so. */
export function buttonIn(box: ParentNode, name: string): HTMLElement | undefined {
  return [...box.querySelectorAll<HTMLElement>('button, [role=menuitem]')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === name,
  )
}

/** Presses it as soon as it is there. */
export async function press(name: string, box: ParentNode = document): Promise<void> {
  const button = await found(() => buttonIn(box, name), `the button ${name}`)
  button.click()
}

/** The dialog that is open. */
export function dialog(): Promise<HTMLDialogElement> {
  return found(
    () => [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')].at(-1),
    'an open dialog',
  )
}

/** Waits until something is there. */
export function found<T>(look: () => T | null | undefined, what: string): Promise<T> {
  return vi.waitFor(() => {
    const it = look()
    if (it === null || it === undefined) throw new Error(`There is not ${what}`)
    return it
  }, patience)
}

/** Waits until a text is read somewhere in the box. */
export function reads(box: HTMLElement, words: RegExp): Promise<true> {
  return found(
    () => (words.test(box.innerText) ? true : undefined),
    `${words} in ${box.innerText.slice(0, 2000)}`,
  )
}

/** Writes into the field with this label. */
export async function write(box: ParentNode, label: string, text: string): Promise<void> {
  const field = await found(() => fieldIn(box, label), `the field ${label}`)
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** What stands in the field with this label. */
export function fieldIn(box: ParentNode, label: string): HTMLInputElement | undefined {
  return [...box.querySelectorAll<HTMLInputElement>('input, textarea')].find(
    (one) => one.getAttribute('aria-label') === label || one.labels?.[0]?.textContent?.trim() === label,
  )
}
