import type { NotificationPermit, Notifier } from '../../core/ports'
import { drawBadge } from './badge'
import { ring } from './ring'

/** The notifications of a browser. */
export const webNotifier: Notifier = {
  isLookedAt: () =>
    typeof document !== 'undefined' && document.visibilityState === 'visible' && document.hasFocus(),
  permission: () => (hasNotifications() ? permitOf(Notification.permission) : 'none'),
  async ask() {
    return hasNotifications() ? permitOf(await Notification.requestPermission()) : 'none'
  },
  show({ name, title, text }, onClick) {
    try {
      const shown = new Notification(title, { body: text, tag: name })
      shown.onclick = () => {
        window.focus()
        onClick()
      }
      return () => shown.close()
    } catch {
      // Some browsers on phones have the name and not the thing.
      return () => {}
    }
  },
  ring,
  setBadge: drawBadge,
}

function hasNotifications(): boolean {
  return typeof Notification !== 'undefined'
}

function permitOf(permission: NotificationPermission): NotificationPermit {
  return permission === 'default' ? 'unasked' : permission
}
