import { shallowRef, type ShallowRef } from 'vue'

/** The keyboard in a list of messages: from message to message, by pages, to both ends. */
export function useRowKeys(
  scroller: Readonly<ShallowRef<HTMLElement | null>>,
  goTo: { readonly start: () => void; readonly end: () => void },
) {
  /** The row with the keyboard: it stays in the document however far the list scrolls. */
  const focusedKey = shallowRef<string>()

  let lastKey = ''

  const items = () => [...(scroller.value?.querySelectorAll<HTMLElement>('[data-row-key]') ?? [])]

  /** From message to message; from the list itself to the lowest message that is seen. */
  function moveFocus(event: KeyboardEvent, step: 1 | -1): void {
    const all = items()
    const end = scroller.value?.getBoundingClientRect().bottom ?? 0
    const here = rowKeyOf(event.target)
    let index =
      here === undefined
        ? all.findLastIndex((item) => item.getBoundingClientRect().top < end)
        : all.findIndex((item) => item.dataset['rowKey'] === here) + step
    for (; index >= 0 && index < all.length; index += step) {
      const item = all[index]
      const message = item && messageIn(item)
      if (!message) continue
      message.focus({ preventScroll: true })
      message.scrollIntoView({ block: 'nearest' })
      return
    }
  }

  function onKeydown(event: KeyboardEvent): void {
    const element = scroller.value
    if (!element || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
    if (event.target instanceof Element && event.target.closest('input, textarea')) return
    if (event.key === 'ArrowUp') moveFocus(event, -1)
    else if (event.key === 'ArrowDown') moveFocus(event, 1)
    else if (event.key === 'End') goTo.end()
    else if (event.key === 'Home') goTo.start()
    else if (event.key === 'PageUp') element.scrollBy(0, -element.clientHeight * 0.9)
    else if (event.key === 'PageDown') element.scrollBy(0, element.clientHeight * 0.9)
    else return
    event.preventDefault()
  }

  return {
    focusedKey,
    onKeydown,
    onFocusin({ target }: FocusEvent): void {
      focusedKey.value = rowKeyOf(target)
      lastKey = focusedKey.value ?? ''
    },
    onFocusout: () => (focusedKey.value = undefined),
    /** The row that had the keyboard last. */
    lastKey: () => lastKey,
    /** Gives the keyboard to a message, or to the list where that is not drawn. */
    focusRow(key: string): void {
      const item = items().find(({ dataset }) => dataset['rowKey'] === key)
      const message = (item && messageIn(item)) ?? scroller.value
      message?.focus({ preventScroll: true })
    },
  }
}

function messageIn(item: Element): HTMLElement | null {
  return item.querySelector<HTMLElement>('[tabindex="-1"]')
}

function rowKeyOf(target: EventTarget | null): string | undefined {
  const item = target instanceof Element && target.closest<HTMLElement>('[data-row-key]')
  return item ? item.dataset['rowKey'] : undefined
}
