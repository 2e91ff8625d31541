/** What has the keyboard when one comes to a region; the first that is there. */
const STARTS = [
  '[role="option"][tabindex="0"]',
  'textarea:not(:disabled)',
  'button:not(:disabled)',
  '[tabindex]',
]

/**
 * Takes the keyboard to the next region of the app or to the one before, as F6 does in a window with panes; false where
 * there is no other.
 */
export function jumpToLandmark(root: HTMLElement, isBack: boolean): boolean {
  const regions = [...root.querySelectorAll<HTMLElement>('section[aria-label], nav[aria-label]')].filter(
    (region) => region.checkVisibility() && !region.closest('[inert]') && isOutermost(region, root),
  )
  if (regions.length < 2) return false
  const here = regions.findIndex((region) => region.contains(document.activeElement))
  const from = here < 0 && isBack ? 0 : here
  for (let step = 1; step <= regions.length; step++) {
    const region = regions[(from + (isBack ? -step : step) + regions.length * 2) % regions.length]
    const start = region && startOf(region)
    if (!start) continue
    start.focus()
    if (start === document.activeElement) return true
  }
  return false
}

/** A region inside another one is reached from there. */
function isOutermost(region: HTMLElement, root: HTMLElement): boolean {
  const outer = region.parentElement?.closest('section[aria-label], nav[aria-label]')
  return !outer || !root.contains(outer)
}

function startOf(region: HTMLElement): HTMLElement | undefined {
  for (const start of STARTS) {
    const found = [...region.querySelectorAll<HTMLElement>(start)].find((one) => one.checkVisibility())
    if (found) return found
  }
  return undefined
}
