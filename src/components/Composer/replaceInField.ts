/**
 * Writes into a field as if somebody had typed it, so that it can be undone like anything else. The command is the only
 * way browsers have for that; where there is none the text changes all the same.
 */
export function replaceInField(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  field.focus({ preventScroll: true })
  field.setSelectionRange(start, end)
  const command = text === '' ? 'delete' : 'insertText'
  if (start === end && text === '') return
  if (typeof document.execCommand === 'function' && document.execCommand(command, false, text)) return
  field.setRangeText(text, start, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
