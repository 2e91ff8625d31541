import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { NoticeBar } from '../../../src/components/Notice'
import { chatKitKey, type ChatKitContext } from '../../../src/composables'
import { en } from '../../../src/i18n'
import type { Locale } from '../../../src/i18n'
import zhCN from '../../../src/i18n/locales/zh-CN'
import { ChatError } from '../../../src/model'
import type { SessionState } from '../../../src/model'
import { systemClock } from '../../../src/platform/web'
import { useSessionStore } from '../../../src/stores'

function aBar(session: SessionState, onSignIn?: () => void) {
  const pinia = createPinia()
  useSessionStore(pinia).session = session
  const did: string[] = []
  const locale = shallowRef<Locale>(en)
  const kit = {
    pinia,
    locale,
    userId: 'ada',
    clock: systemClock,
    connect: () => did.push('connect'),
  } as unknown as ChatKitContext
  const bar = mount(NoticeBar, {
    props: { onSignIn },
    global: { provide: { [chatKitKey as symbol]: kit } },
  })
  return { bar, did, locale }
}

const error = (more: Partial<ChatError> = {}) =>
  new ChatError({ domain: 'tencent', code: 70001, kind: 'signed-out', ...more })
const unreachable = new ChatError({ code: 'unreachable', kind: 'offline', retry: 'later' })
const table: readonly (readonly [SessionState, string, string | undefined])[] = [
  [{ state: 'kicked', by: 'other-device' }, 'You signed in somewhere else', 'Use it here'],
  [{ state: 'kicked', by: 'operator' }, 'signed out by the people', 'Sign in again'],
  [{ state: 'kicked', by: 'too-many-instances' }, 'Too many windows', 'Reload'],
  [{ state: 'credentials-needed', error: error() }, 'Your sign-in has expired', 'Go to sign-in'],
  [
    { state: 'credentials-needed', error: new ChatError({ code: 'credentials-timeout', kind: 'timeout' }) },
    'took too long',
    'Try again',
  ],
  [
    { state: 'offline', error: new ChatError({ code: 'clock-skewed', kind: 'invalid' }) },
    'clock of this device',
    'Try again',
  ],
  [{ state: 'banned', error: error() }, 'This account is blocked', undefined],
  [{ state: 'refused', error: error() }, 'The service refused', 'Reload'],
  [{ state: 'offline' }, 'You are offline', undefined],
  [{ state: 'connecting', retryInMs: 45_000, error: unreachable }, 'Next try in 45 seconds.', 'Try now'],
  [{ state: 'reconnecting', retryInMs: 0, error: unreachable }, 'Trying now…', 'Try now'],
  [
    { state: 'offline', error: new ChatError({ code: 'kit-ended', kind: 'cancelled' }) },
    'You are signed out',
    undefined,
  ],
]

describe('the notice of a session', () => {
  it.each(table)('of %o says what is the matter and offers the way out', (session, words, button) => {
    const { bar } = aBar(session)
    expect(bar.text()).toContain(words)
    expect(bar.find('button').exists() ? bar.get('button').text() : undefined).toBe(button)
  })

  it('signs in once more at the press of the button', async () => {
    const { bar, did } = aBar({ state: 'kicked', by: 'other-device' })
    await bar.get('button').trigger('click')
    expect(did).toEqual(['connect'])
  })

  it("leads to the app's sign-in page where there is one, else signs in once more", async () => {
    const visits: string[] = []
    const withPage = aBar({ state: 'credentials-needed', error: error() }, () => visits.push('page'))
    await withPage.bar.get('button').trigger('click')
    expect([visits, withPage.did]).toEqual([['page'], []])
    const without = aBar({ state: 'credentials-needed', error: error() })
    await without.bar.get('button').trigger('click')
    expect(without.did).toEqual(['connect'])
  })

  it('of a kit that has ended leads to the sign-in page, where the app has one', async () => {
    const visits: string[] = []
    const ended = new ChatError({ code: 'kit-ended', kind: 'cancelled' })
    const { bar } = aBar({ state: 'offline', error: ended }, () => visits.push('page'))
    await bar.get('button').trigger('click')
    expect(visits).toEqual(['page'])
  })

  it('speaks the language shown', async () => {
    const { bar, locale } = aBar({ state: 'kicked', by: 'other-device' })
    locale.value = zhCN
    await nextTick()
    expect(bar.get('button').text()).toBe('在此使用')
  })
})
