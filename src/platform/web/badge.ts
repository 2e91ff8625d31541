/** What this page has put before its title. */
const COUNT = /^\(\d+\+?\) /u
/** More is not counted. */
const MOST = 99
const SIZE_PX = 32

/** The icon of the page as the app has it, while a badge is on it. */
let plainIcon: string | undefined
/** What stands before the title now. */
let prefix = ''
let titleWatch: MutationObserver | undefined

/** Says beside the title, on the icon of the tab and on that of the app that so much is new; 0 takes it away. */
export function drawBadge(count: number): void {
  if (typeof document === 'undefined') return
  prefix = count > 0 ? `(${count > MOST ? `${MOST}+` : count}) ` : ''
  putPrefix()
  watchTitle(count > 0)
  badgeApp(count)
  const icon = document.querySelector<HTMLLinkElement>('link[rel~="icon"]')
  if (icon) void badgeIcon(icon, count > 0)
}

function putPrefix(): void {
  const title = prefix + document.title.replace(COUNT, '')
  if (document.title !== title) document.title = title
}

/** An app may give its page another title at any time: the count stands before that one too. */
function watchTitle(isWanted: boolean): void {
  if (!isWanted) {
    titleWatch?.disconnect()
    titleWatch = undefined
  } else if (!titleWatch) {
    titleWatch = new MutationObserver(putPrefix)
    titleWatch.observe(document.head, { childList: true, characterData: true, subtree: true })
  }
}

function badgeApp(count: number): void {
  const { navigator } = globalThis as { navigator?: { setAppBadge?(count: number): Promise<void> } }
  navigator?.setAppBadge?.(count).catch(() => {})
}

async function badgeIcon(icon: HTMLLinkElement, isWanted: boolean): Promise<void> {
  if (!isWanted) {
    if (plainIcon !== undefined) icon.href = plainIcon
    plainIcon = undefined
    return
  }
  if (plainIcon !== undefined) return
  plainIcon = icon.href
  const drawn = await withDot(plainIcon).catch(() => undefined)
  // It may be over by now.
  if (drawn !== undefined && plainIcon !== undefined) icon.href = drawn
}

async function withDot(address: string): Promise<string | undefined> {
  const picture = new Image(SIZE_PX, SIZE_PX)
  picture.crossOrigin = 'anonymous'
  picture.src = address
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = SIZE_PX
  canvas.height = SIZE_PX
  const context = canvas.getContext('2d')
  if (!context) return undefined
  context.drawImage(picture, 0, 0, SIZE_PX, SIZE_PX)
  context.beginPath()
  context.arc(SIZE_PX - 8, 8, 8, 0, 2 * Math.PI)
  context.fillStyle = '#d92d20'
  context.fill()
  return canvas.toDataURL('image/png')
}
