/** What a screen reader says of a page, in order: what takes the keyboard, and what live regions tell. */
export interface Transcript {
  readonly lines: readonly string[]
  /** Forgets what was said. */
  clear(): void
  stop(): void
}

/** Listens to the page from now on. */
export function listenTo(root: HTMLElement): Transcript {
  const lines: string[] = []
  const said = new Map<Element, string>()
  const regions = () => root.querySelectorAll('[role=status], [role=alert], [aria-live]')

  function hearRegions(): void {
    for (const region of regions()) {
      const manner = region.getAttribute('aria-live') ?? (region.role === 'alert' ? 'assertive' : 'polite')
      const text = manner === 'off' ? '' : (region.textContent ?? '').trim()
      if (text !== (said.get(region) ?? '') && text !== '') lines.push(`${manner}: ${text}`)
      said.set(region, text)
    }
  }

  function hearFocus({ target }: FocusEvent): void {
    if (target instanceof HTMLElement) lines.push(`focus: ${nameOf(target)} (${roleOf(target)})`)
  }

  hearRegions()
  lines.length = 0
  const observer = new MutationObserver(hearRegions)
  observer.observe(root, { subtree: true, childList: true, characterData: true })
  root.addEventListener('focusin', hearFocus)
  return {
    lines,
    clear: () => (lines.length = 0),
    stop() {
      observer.disconnect()
      root.removeEventListener('focusin', hearFocus)
    },
  }
}

function nameOf(element: HTMLElement): string {
  return element.getAttribute('aria-label') ?? (element.textContent ?? '').trim()
}

function roleOf(element: HTMLElement): string {
  return element.role ?? element.tagName.toLowerCase()
}
