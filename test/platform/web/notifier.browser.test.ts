import { afterEach, describe, expect, it, vi } from 'vitest'
import { webNotifier } from '../../../src/platform/web/notifier'

/** A drawing takes its time on a busy machine. */
const patiently = { timeout: 20_000 }
const plainTitle = document.title

afterEach(() => {
  webNotifier.setBadge(0)
  document.title = plainTitle
  document.querySelector('link[data-test]')?.remove()
})

describe('the badge of a page', () => {
  it('stands before the title, whatever the app makes of it meanwhile, and goes', () => {
    document.title = 'Chats'
    webNotifier.setBadge(3)
    expect(document.title).toBe('(3) Chats')
    webNotifier.setBadge(120)
    expect(document.title).toBe('(99+) Chats')
    document.title = 'Settings'
    webNotifier.setBadge(4)
    expect(document.title).toBe('(4) Settings')
    webNotifier.setBadge(0)
    expect(document.title).toBe('Settings')
  })

  it('stands before a title that the app sets while it is there, and leaves that one alone once it is gone', async () => {
    document.title = 'Chats'
    webNotifier.setBadge(3)
    document.title = '聊天'
    await vi.waitFor(() => expect(document.title).toBe('(3) 聊天'), patiently)
    webNotifier.setBadge(0)
    expect(document.title).toBe('聊天')
    document.title = 'Settings'
    await new Promise((resolve) => requestAnimationFrame(resolve))
    expect(document.title).toBe('Settings')
  })

  it('is a dot on the icon, and the icon comes back', async () => {
    const icon = Object.assign(document.createElement('link'), {
      rel: 'icon',
      href: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><rect width="32" height="32" fill="green"/></svg>')}`,
    })
    icon.dataset['test'] = ''
    document.querySelectorAll('link[rel~="icon"]').forEach((other) => other.remove())
    document.head.append(icon)
    const plain = icon.href
    webNotifier.setBadge(1)
    await vi.waitFor(() => expect(icon.href).toMatch(/^data:image\/png/u), patiently)
    webNotifier.setBadge(0)
    expect(icon.href).toBe(plain)
  })

  it('breaks nothing where a machine is silent', () => {
    expect(() => webNotifier.ring()).not.toThrow()
    expect(['granted', 'denied', 'unasked', 'none']).toContain(webNotifier.permission())
  })
})
