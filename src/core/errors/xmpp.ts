import type { ErrorTable } from './errorTable'

/** Conditions an answer to a stanza names (RFC 6120, 8.3.3). */
export const xmppStanzas = {
  domain: 'xmpp',
  area: 'service',
  rows: [
    [['bad-request'], 'stanza-malformed', 'invalid', 'developer', 'never', 'report'],
    [['conflict'], 'name-in-use', 'conflict', 'user', 'never', 'choose-other'],
    [['feature-not-implemented'], 'not-built-at-server', 'unsupported', 'operator', 'never', 'nothing'],
    [['forbidden'], 'no-right', 'forbidden', 'user', 'never', 'ask-group-admin'],
    [['gone'], 'moved-away', 'not-found', 'user', 'never', 'choose-other'],
    [['internal-server-error'], 'service-trouble', 'other', 'operator', 'later', 'retry-later'],
    [['item-not-found'], 'thing-missing', 'not-found', 'user', 'never', 'nothing'],
    [['jid-malformed'], 'address-malformed', 'invalid', 'user', 'never', 'choose-other'],
    [['not-acceptable'], 'content-not-accepted', 'content-refused', 'user', 'never', 'change-content'],
    [['not-allowed'], 'nobody-may', 'forbidden', 'user', 'never', 'nothing'],
    [['not-authorized'], 'proof-missing', 'forbidden', 'user', 'never', 'ask-group-admin'],
    [['payment-required'], 'payment-required', 'not-in-plan', 'operator', 'never', 'buy'],
    [['policy-violation'], 'against-server-rules', 'content-refused', 'user', 'never', 'change-content'],
    [['recipient-unavailable'], 'receiver-away', 'not-found', 'user', 'never', 'retry-later'],
    [['redirect'], 'ask-elsewhere', 'not-found', 'developer', 'never', 'report'],
    [['registration-required'], 'not-in-group', 'not-member', 'user', 'never', 'join'],
    [['remote-server-not-found'], 'other-server-unknown', 'not-found', 'user', 'never', 'choose-other'],
    [['remote-server-timeout'], 'other-server-silent', 'timeout', 'user', 'later', 'retry-later'],
    [['resource-constraint'], 'server-busy', 'too-often', 'operator', 'later', 'retry-later'],
    [['service-unavailable'], 'not-offered-there', 'unsupported', 'user', 'never', 'nothing'],
    [['subscription-required'], 'friends-only', 'not-related', 'user', 'never', 'add-friend'],
    [['undefined-condition'], 'reason-not-told', 'other', 'user', 'never', 'retry'],
    [['unexpected-request'], 'out-of-turn', 'invalid', 'developer', 'never', 'report'],
  ],
} as const satisfies ErrorTable

/** Conditions with which a server ends a stream (RFC 6120, 4.9.3). */
export const xmppStreams = {
  domain: 'xmpp',
  area: 'network',
  rows: [
    [
      ['bad-format', 'bad-namespace-prefix', 'invalid-namespace', 'invalid-xml', 'not-well-formed'],
      'stream-malformed',
      'offline',
      'developer',
      'later',
      'report',
    ],
    [['restricted-xml'], 'stream-forbidden-xml', 'offline', 'developer', 'later', 'report'],
    [['connection-timeout'], 'connection-silent', 'offline', 'user', 'later', 'wait'],
    [['host-gone'], 'domain-gone', 'unsupported', 'operator', 'never', 'fix-setup'],
    [['host-unknown'], 'domain-unknown', 'unsupported', 'developer', 'never', 'fix-setup'],
    [
      ['improper-addressing', 'invalid-from', 'invalid-id'],
      'stream-address-wrong',
      'offline',
      'developer',
      'later',
      'report',
    ],
    [['remote-connection-failed'], 'server-part-unreachable', 'offline', 'operator', 'later', 'retry-later'],
    [['reset'], 'stream-reset', 'offline', 'user', 'later', 'wait'],
    [['see-other-host'], 'other-host', 'offline', 'operator', 'later', 'fix-server'],
    [['system-shutdown'], 'server-restarts', 'offline', 'operator', 'later', 'wait'],
    [
      ['unsupported-encoding', 'unsupported-version'],
      'stream-version-unsupported',
      'unsupported',
      'operator',
      'never',
      'fix-server',
    ],
    [
      ['unsupported-feature', 'unsupported-stanza-type'],
      'stream-feature-unsupported',
      'unsupported',
      'operator',
      'never',
      'fix-server',
    ],
  ],
} as const satisfies ErrorTable

/** Conditions of a failed sign-in (RFC 6120, 6.5). */
export const xmppSasl = {
  domain: 'xmpp',
  area: 'session',
  rows: [
    [['aborted'], 'sign-in-aborted', 'cancelled', 'user', 'never', 'retry'],
    [['account-disabled'], 'account-banned', 'forbidden', 'operator', 'never', 'ask-operator'],
    [['credentials-expired'], 'credentials-expired', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [['encryption-required'], 'encryption-required', 'unsupported', 'developer', 'never', 'fix-setup'],
    [
      ['incorrect-encoding', 'malformed-request'],
      'sign-in-malformed',
      'invalid',
      'developer',
      'never',
      'report',
    ],
    [['invalid-authzid'], 'not-that-account', 'signed-out', 'developer', 'after-sign-in', 'fix-credentials'],
    [
      ['invalid-mechanism', 'mechanism-too-weak'],
      'sign-in-way-refused',
      'unsupported',
      'operator',
      'never',
      'fix-server',
    ],
    [['temporary-auth-failure'], 'sign-in-check-down', 'timeout', 'operator', 'later', 'retry-later'],
  ],
} as const satisfies ErrorTable

/** What a store of files answers (XEP-0363), by the status of HTTP. */
export const xmppFiles = {
  domain: 'xmpp',
  area: 'file',
  rows: [
    [['http-401', 'http-403'], 'upload-not-allowed', 'forbidden', 'user', 'never', 'nothing'],
    [['http-413'], 'file-too-large', 'too-large', 'user', 'never', 'choose-other-file'],
    [
      [
        'http-400',
        'http-404',
        'http-409',
        'http-429',
        'http-500',
        'http-502',
        'http-503',
        'http-504',
        'http-507',
      ],
      'file-service-trouble',
      'other',
      'operator',
      'later',
      'retry-later',
    ],
  ],
} as const satisfies ErrorTable
