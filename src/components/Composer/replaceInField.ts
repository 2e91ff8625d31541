/**
 * Writes into a field as if somebody had typed it, so that it can be undone like anything else. The command is the only
 * way browsers have for that; where there is none the text changes all the same.
 */
export function replaceInField(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  field.focus({ preventScroll: true })
  field.setSelectionRange(start, end)
  if (start === end && text === '') return
  const command = text === '' ? 'delete' : 'insertText'
  if (typeof document.execCommand === 'function' && document.execCommand(command, false, text)) return
  replaceQuietly(field, start, end, text)
}

/** The same without the focus, which would open the keyboard of a phone. */
export function replaceQuietly(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  field.setRangeText(text, start, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
