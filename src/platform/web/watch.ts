import type { Hint, Stop } from '../../model'

/** Tells when the page comes and goes and when the network does; each only where it is not so already. */
export function watchPage(listener: (hint: Hint) => void): Stop {
  // On a server nobody comes and goes.
  if (typeof document === 'undefined') return () => {}
  let isVisible = document.visibilityState !== 'hidden'
  let isUp = navigator.onLine
  const see = (isVisibleNow: boolean): void => {
    if (isVisibleNow === isVisible) return
    isVisible = isVisibleNow
    listener(isVisible ? 'foreground' : 'background')
  }
  const connect = (isUpNow: boolean): void => {
    if (isUpNow === isUp) return
    isUp = isUpNow
    listener(isUp ? 'network-up' : 'network-down')
  }
  const look = (): void => see(document.visibilityState !== 'hidden')
  const leave = (): void => see(false)
  const goUp = (): void => connect(true)
  const goDown = (): void => connect(false)
  document.addEventListener('visibilitychange', look)
  window.addEventListener('pageshow', look)
  window.addEventListener('pagehide', leave)
  window.addEventListener('online', goUp)
  window.addEventListener('offline', goDown)
  return () => {
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('pageshow', look)
    window.removeEventListener('pagehide', leave)
    window.removeEventListener('online', goUp)
    window.removeEventListener('offline', goDown)
  }
}
