import type { ErrorTable } from './errorTable'

/** What WildFire answers about the connection and the session; negative codes are its connection states. */
export const wildfireSession = {
  domain: 'wildfire',
  area: 'session',
  rows: [
    [[1, -6], 'secret-mismatch', 'signed-out', 'user', 'after-sign-in', 'renew-credentials'],
    [[6, -5], 'token-wrong', 'signed-out', 'user', 'after-sign-in', 'renew-credentials'],
    [[15], 'password-wrong', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [[243], 'credentials-expired', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [[244], 'sign-in-failed', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [[7, -7], 'kicked-by-device', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [[8, -3], 'account-banned', 'forbidden', 'operator', 'never', 'ask-operator'],
    [[-2], 'signed-out-since', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [[30, -9], 'clock-differs', 'invalid', 'user', 'never', 'set-clock'],
    [[245], 'devices-over-licence', 'full', 'operator', 'never', 'buy'],
  ],
} as const satisfies ErrorTable

/** What WildFire answers about the service itself. */
export const wildfireService = {
  domain: 'wildfire',
  area: 'service',
  rows: [
    [[-4], 'server-down', 'offline', 'operator', 'later', 'retry-later'],
    [[-1], 'no-network', 'offline', 'user', 'later', 'check-network'],
    [[4], 'service-trouble', 'other', 'operator', 'later', 'retry-later'],
    [[249], 'request-timeout', 'timeout', 'user', 'later', 'look-first', 'unknown'],
    [[250], 'calls-too-often', 'too-often', 'user', 'later', 'retry-later'],
    [[2, 251], 'argument-wrong', 'invalid', 'developer', 'never', 'fix-call'],
    [[5], 'nothing-new', 'already-done', 'developer', 'never', 'nothing'],
    [[253], 'thing-missing', 'not-found', 'user', 'never', 'nothing'],
    [[254], 'not-built-yet', 'unsupported', 'developer', 'never', 'nothing'],
    [[22, -8], 'licence-missing', 'not-in-plan', 'operator', 'never', 'buy'],
    [[220], 'feature-switched-off', 'not-in-plan', 'operator', 'never', 'enable-feature'],
    [[28], 'websocket-not-set-up', 'unsupported', 'operator', 'never', 'fix-server'],
    [[25, 26], 'lock-held-elsewhere', 'conflict', 'developer', 'never', 'retry-later'],
    [[248], 'no-right', 'forbidden', 'user', 'never', 'ask-operator'],
    [
      [21, 60, 61, 70, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 225, 236, 237, 238, 239],
      'other-feature-refused',
      'other',
      'developer',
      'never',
      'report',
    ],
  ],
} as const satisfies ErrorTable

/** What WildFire answers about messages. */
export const wildfireMessages = {
  domain: 'wildfire',
  area: 'message',
  rows: [
    [[10], 'message-part-wrong', 'invalid', 'developer', 'never', 'fix-call'],
    [[24], 'recall-too-late', 'too-late', 'user', 'never', 'nothing'],
    [[241], 'muted-in-group', 'muted', 'user', 'never', 'ask-group-admin'],
    [[242], 'words-refused', 'content-refused', 'user', 'never', 'change-content'],
    [[246], 'blocked-by-receiver', 'blocked', 'user', 'never', 'nothing'],
    [[247], 'muted-by-service', 'muted', 'user', 'never', 'ask-operator'],
  ],
} as const satisfies ErrorTable

/** What WildFire answers about groups and live rooms. */
export const wildfireGroups = {
  domain: 'wildfire',
  area: 'group',
  rows: [
    [[9], 'not-in-group', 'not-member', 'user', 'never', 'join'],
    [[11], 'group-id-taken', 'conflict', 'user', 'never', 'choose-other'],
    [[12], 'member-already', 'already-done', 'user', 'never', 'open-it'],
    [[20], 'not-in-live-room-now', 'not-member', 'user', 'never', 'join'],
    [[240], 'group-full', 'full', 'user', 'never', 'ask-group-admin'],
  ],
} as const satisfies ErrorTable

/** What WildFire answers about friends and requests. */
export const wildfireContacts = {
  domain: 'wildfire',
  area: 'contact',
  rows: [
    [[16], 'request-within-7-days', 'already-done', 'user', 'never', 'wait-for-answer'],
    [[17], 'requests-too-often', 'too-often', 'user', 'never', 'wait'],
    [[18], 'request-within-30-days', 'forbidden', 'user', 'never', 'wait'],
    [[19], 'request-expired', 'too-late', 'user', 'never', 'nothing'],
    [[23], 'friends-already', 'already-done', 'user', 'never', 'open-it'],
  ],
} as const satisfies ErrorTable
