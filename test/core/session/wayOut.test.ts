import { expect, it } from 'vitest'
import { wayOut } from '../../../src/core/session'
import type { WayOut } from '../../../src/core/session'
import { ChatError } from '../../../src/model'
import type { SessionState } from '../../../src/model'

const error = (more: Partial<ChatError> = {}) => new ChatError({ code: 1, kind: 'signed-out', ...more })
const table: readonly (readonly [WayOut, SessionState])[] = [
  ['none', { state: 'online', isCatchingUp: false, hasContinuity: true }],
  ['wait', { state: 'connecting' }],
  ['wait', { state: 'reconnecting', retryInMs: 1 }],
  ['retry', { state: 'reconnecting', retryInMs: 1, error: error({ retry: 'later' }) }],
  ['sign-in-page', { state: 'offline', error: error({ code: 'kit-ended' }) }],
  ['wait', { state: 'offline' }],
  ['wait', { state: 'offline', error: error({ kind: 'offline' }) }],
  ['wait', { state: 'offline', error: error({ retry: 'later' }) }],
  ['sign-in', { state: 'offline', error: error({ kind: 'other' }) }],
  ['sign-in-page', { state: 'credentials-needed', error: error() }],
  ['sign-in-page', { state: 'credentials-needed', error: error({ kind: 'forbidden' }) }],
  ['sign-in', { state: 'credentials-needed', error: error({ kind: 'timeout' }) }],
  ['sign-in', { state: 'kicked', by: 'other-device' }],
  ['sign-in', { state: 'kicked', by: 'operator' }],
  ['reload', { state: 'kicked', by: 'too-many-instances' }],
  ['operator', { state: 'banned', error: error() }],
  ['reload', { state: 'refused', error: error() }],
  ['operator', { state: 'refused', error: error({ audience: 'operator' }) }],
]
it.each(table)('the way out is %s for %o', (way, session) => {
  expect(wayOut(session)).toBe(way)
})
