/**
 * Hands a file to the person as a download: whatever it claims to be, the page never opens it. A file of another origin opens
 * in a tab of its own, which knows nothing of this page.
 */
export function saveFile(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.rel = 'noopener noreferrer'
  link.target = '_blank'
  link.click()
}
