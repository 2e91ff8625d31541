/**
 * Makes a text field as high as its text, where the browser's own `field-sizing` is missing. The style sheet sets the
 * limits.
 */
export function growToFit(field: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return
  field.style.blockSize = 'auto'
  field.style.blockSize = `${field.scrollHeight}px`
}
