import type { Ability } from '../ports'
import type { ErrorTable } from './errorTable'

/** A table that holds for some operations only: there a code has another cause than elsewhere. */
export interface CauseTable extends ErrorTable {
  readonly operations: readonly (Ability | 'connect')[]
}

/** Codes with several causes, told apart by what was tried (K6). */
export const causes = [
  {
    domain: 'tencent',
    area: 'session',
    operations: ['connect'],
    rows: [
      [[6012], 'sign-in-timeout', 'timeout', 'user', 'later', 'retry'],
      [[1002], 'kicked-by-device', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    ],
  },
  {
    domain: 'tencent',
    area: 'session',
    operations: ['messages.send', 'messages.history', 'conversations.list', 'groups.list', 'contacts.list'],
    rows: [[[6013], 'not-signed-in', 'signed-out', 'user', 'after-sign-in', 'sign-in']],
  },
  {
    domain: 'tencent',
    area: 'file',
    operations: ['files.resolve'],
    rows: [[[6010], 'file-expired', 'not-found', 'user', 'never', 'nothing']],
  },
  {
    domain: 'tencent',
    area: 'group',
    operations: ['messages.send', 'messages.history'],
    rows: [[[10007], 'not-in-group', 'not-member', 'user', 'never', 'join']],
  },
  {
    domain: 'tencent',
    area: 'contact',
    operations: ['contacts.ask'],
    rows: [[[30001], 'friends-already', 'already-done', 'user', 'never', 'open-it']],
  },
  {
    domain: 'tencent',
    area: 'contact',
    operations: ['contacts.remove'],
    rows: [[[30001], 'no-friend-to-remove', 'already-done', 'user', 'never', 'nothing']],
  },
  {
    domain: 'tencent',
    area: 'contact',
    operations: ['contacts.update', 'contacts.setFolder'],
    rows: [[[30001], 'not-in-own-contacts', 'not-related', 'user', 'never', 'add-friend']],
  },
  {
    domain: 'tencent',
    area: 'contact',
    operations: ['contacts.setBlocked'],
    rows: [[[30001], 'blocklist-as-wished', 'already-done', 'user', 'never', 'nothing']],
  },
  {
    domain: 'xmpp',
    area: 'session',
    operations: ['connect'],
    rows: [
      [['conflict'], 'kicked-by-device', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
      [['not-authorized'], 'credentials-refused', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
      [['policy-violation'], 'against-server-rules', 'offline', 'operator', 'later', 'ask-operator'],
      [['resource-constraint'], 'server-busy', 'offline', 'operator', 'later', 'retry-later'],
      [['internal-server-error'], 'service-trouble', 'offline', 'operator', 'later', 'retry-later'],
      [['undefined-condition'], 'reason-not-told', 'offline', 'operator', 'later', 'retry-later'],
    ],
  },
] as const satisfies readonly CauseTable[]
