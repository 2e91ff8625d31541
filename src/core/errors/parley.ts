import type { ErrorTable } from './errorTable'

/** The kit's own: being signed in. */
export const parleySession = {
  domain: 'parley',
  area: 'session',
  rows: [
    [['not-signed-in'], 'not-signed-in', 'signed-out', 'developer', 'after-sign-in', 'sign-in'],
    [['credentials-failed'], 'credentials-failed', 'signed-out', 'user', 'after-sign-in', 'retry'],
    [['credentials-missing'], 'credentials-missing', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [['credentials-timeout'], 'credentials-timeout', 'timeout', 'user', 'after-sign-in', 'check-network'],
    [
      ['no-credentials'],
      'credentials-not-given',
      'signed-out',
      'developer',
      'after-sign-in',
      'fix-credentials',
    ],
    [['credentials-late'], 'credentials-late', 'timeout', 'user', 'later', 'retry'],
    [['clock-skewed'], 'clock-skewed', 'invalid', 'user', 'never', 'set-clock'],
    [['banned'], 'account-banned', 'forbidden', 'operator', 'never', 'ask-operator'],
    [['refused'], 'connection-refused', 'signed-out', 'operator', 'after-sign-in', 'ask-operator'],
    [['kicked'], 'kicked-by-device', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [['credentials-needed'], 'credentials-expired', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [['bad-user-id'], 'user-id-refused', 'invalid', 'developer', 'never', 'fix-call'],
    [['kit-ended'], 'kit-ended', 'cancelled', 'developer', 'never', 'nothing'],
  ],
} as const satisfies ErrorTable

/** The kit's own: the way to the backend, and calls in general. */
export const parleyNetwork = {
  domain: 'parley',
  area: 'network',
  rows: [
    [['offline', 'disconnected'], 'no-connection', 'offline', 'user', 'later', 'check-network'],
    [['unreachable', 'line-down'], 'server-unreachable', 'offline', 'user', 'later', 'check-network'],
    [['service-closed'], 'service-closed', 'offline', 'developer', 'never', 'reload'],
    [['no-answer'], 'no-answer-here', 'timeout', 'user', 'later', 'look-first', 'unknown'],
    [['cancelled'], 'cancelled', 'cancelled', 'user', 'never', 'nothing'],
    [['stopped'], 'stopped-by-end', 'cancelled', 'user', 'never', 'look-first', 'unknown'],
    [['too-often', 'queue-full'], 'calls-too-often', 'too-often', 'user', 'later', 'retry-later'],
    [['unsupported'], 'not-offered-here', 'unsupported', 'developer', 'never', 'nothing'],
    [['not-offered'], 'not-offered-by-server', 'unsupported', 'operator', 'never', 'nothing'],
    [['invalid'], 'argument-wrong', 'invalid', 'developer', 'never', 'fix-call'],
    [['unexpected'], 'unexpected', 'other', 'developer', 'never', 'report', 'unknown'],
    [['unreadable-answer'], 'answer-unreadable-here', 'other', 'developer', 'never', 'report'],
    [['unreadable-error'], 'error-unreadable-here', 'other', 'developer', 'never', 'report', 'unknown'],
    [['cursor-expired'], 'list-moved-on', 'cursor-expired', 'developer', 'never', 'reload'],
  ],
} as const satisfies ErrorTable

/** The kit's own: messages and the way they leave. */
export const parleyMessages = {
  domain: 'parley',
  area: 'message',
  rows: [
    [['empty-message'], 'message-empty', 'invalid', 'user', 'never', 'change-content'],
    [['message-too-long'], 'message-too-long-here', 'too-large', 'user', 'never', 'shorten'],
    [['too-many-parts'], 'too-many-parts', 'too-large', 'user', 'never', 'remove-some'],
    [['too-many-mentions'], 'too-many-mentions', 'too-large', 'user', 'never', 'remove-some'],
    [['too-large'], 'stanza-too-large', 'too-large', 'user', 'never', 'shorten'],
    [['field-too-long'], 'field-too-long', 'too-large', 'user', 'never', 'shorten'],
    [['no-such-message'], 'message-missing', 'not-found', 'user', 'never', 'nothing'],
    [['not-my-message'], 'message-of-another', 'forbidden', 'user', 'never', 'nothing'],
    [['edit-too-late'], 'edit-too-late', 'too-late', 'user', 'never', 'nothing'],
    [['reactions-full'], 'reactions-full', 'full', 'user', 'never', 'choose-other'],
    [['extensions-full'], 'extensions-full', 'full', 'user', 'never', 'choose-other'],
    [['words-refused'], 'words-refused-here', 'content-refused', 'user', 'never', 'change-content'],
    [['no-mention-all'], 'no-mentioning-all', 'forbidden', 'user', 'never', 'change-content'],
    [['outbox-full'], 'outbox-full', 'full', 'user', 'never', 'remove-some'],
    [['outbox-lost'], 'outbox-lost', 'cancelled', 'developer', 'never', 'look-first', 'unknown'],
    [['not-in-outbox'], 'not-in-outbox', 'not-found', 'developer', 'never', 'nothing'],
    [['no-such-conversation'], 'conversation-missing', 'not-found', 'user', 'never', 'choose-other'],
    [['not-in-conversation'], 'not-in-conversation', 'not-member', 'user', 'never', 'join'],
  ],
} as const satisfies ErrorTable

/** The kit's own: files and what is kept on the device. */
export const parleyStorage = {
  domain: 'parley',
  area: 'storage',
  rows: [
    [['storage-memory'], 'storage-memory', 'other', 'user', 'never', 'free-space'],
    [['cannot-be-kept'], 'cannot-be-kept', 'invalid', 'user', 'never', 'choose-other-file'],
    [['cache-closed'], 'cache-closed', 'cancelled', 'developer', 'never', 'nothing'],
  ],
} as const satisfies ErrorTable

/** The kit's own: files. */
export const parleyFiles = {
  domain: 'parley',
  area: 'file',
  rows: [
    [['file-gone'], 'file-gone', 'not-found', 'user', 'never', 'nothing'],
    [['file-too-large'], 'file-too-large', 'too-large', 'user', 'never', 'choose-other-file'],
    [['file-address-refused'], 'file-address-refused', 'invalid', 'user', 'never', 'nothing'],
    [['microphone-refused'], 'microphone-refused', 'forbidden', 'user', 'never', 'nothing'],
    [['microphone-missing'], 'microphone-missing', 'not-found', 'user', 'never', 'nothing'],
    [['microphone-busy'], 'microphone-busy', 'other', 'user', 'never', 'retry'],
    [['not-a-picture'], 'not-a-picture', 'invalid', 'user', 'never', 'choose-other-file'],
    [['file-empty'], 'file-empty', 'invalid', 'user', 'never', 'choose-other-file'],
  ],
} as const satisfies ErrorTable

/** The kit's own: groups and people. */
export const parleyGroups = {
  domain: 'parley',
  area: 'group',
  rows: [
    [['no-such-group'], 'group-not-found', 'not-found', 'user', 'never', 'choose-other'],
    [['not-a-live-room'], 'not-a-live-room', 'invalid', 'user', 'never', 'choose-other'],
    [['group-id-taken'], 'group-id-taken', 'conflict', 'user', 'never', 'choose-other'],
    [['not-a-member'], 'not-in-group', 'not-member', 'user', 'never', 'join'],
    [['already-member'], 'member-already', 'already-done', 'user', 'never', 'open-it'],
    [['not-by-role'], 'no-right-in-group', 'forbidden', 'user', 'never', 'ask-group-admin'],
    [['banned-from-group'], 'banned-from-group', 'blocked', 'user', 'never', 'ask-group-admin'],
    [['member-banned'], 'member-banned', 'forbidden', 'user', 'never', 'choose-other'],
    [['not-present'], 'member-not-present', 'not-found', 'user', 'never', 'retry-later'],
    [['inviter-gone'], 'inviter-gone', 'forbidden', 'user', 'never', 'ask-group-admin'],
    [['inviter-without-right'], 'inviter-without-right', 'forbidden', 'user', 'never', 'ask-group-admin'],
    [['no-such-application'], 'application-unknown', 'not-found', 'user', 'never', 'nothing'],
    [['request-unanswered'], 'request-unanswered', 'too-often', 'user', 'never', 'wait-for-answer'],
    [['request-refused'], 'request-refused-lately', 'too-often', 'user', 'never', 'wait'],
    [['request-answered'], 'request-answered', 'already-done', 'user', 'never', 'nothing'],
    [['no-such-request'], 'request-unknown', 'not-found', 'user', 'never', 'nothing'],
    [['no-contact'], 'not-in-own-contacts', 'not-related', 'user', 'never', 'add-friend'],
  ],
} as const satisfies ErrorTable
