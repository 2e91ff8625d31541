const STOPS = ['a[href]', 'button', 'input', 'select', 'textarea', '[tabindex]']
  .map((stop) => `${stop}:not(:disabled, [tabindex="-1"])`)
  .join()

/** True where nothing has the keyboard, or what has it cannot be seen or used any more. */
export function isFocusLost(): boolean {
  const { activeElement } = document
  if (!activeElement || activeElement === document.body) return true
  return !activeElement.checkVisibility() || activeElement.matches(':disabled')
}

/** What has the keyboard and all that stands around it, from inside out. */
export function standingAround(): readonly Element[] {
  const around: Element[] = []
  for (let one = document.activeElement; one && one !== document.body; one = one.parentElement)
    around.push(one)
  return around
}

/** Puts the keyboard where Tab would first stop in the innermost of these that is still there. */
export function focusNear(around: readonly Element[]): void {
  for (const one of around) {
    if (!one.isConnected) continue
    const stops = [one, ...one.querySelectorAll(STOPS)].filter((stop) => stop.matches(STOPS))
    const stop = stops.find((each) => each.checkVisibility() && !each.closest('[inert]'))
    if (!(stop instanceof HTMLElement)) continue
    stop.focus({ preventScroll: true })
    return
  }
}
