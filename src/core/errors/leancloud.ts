import type { ErrorTable } from './errorTable'

/** What LeanCloud answers about the connection and the session. */
export const leancloudSession = {
  domain: 'leancloud',
  area: 'session',
  rows: [
    [[1000], 'closed-in-order', 'cancelled', 'user', 'never', 'nothing'],
    [[1006], 'connection-broke', 'offline', 'user', 'later', 'check-network', 'unknown'],
    [[4100], 'app-unavailable', 'forbidden', 'operator', 'never', 'ask-operator'],
    [[4102], 'sign-in-signature-wrong', 'signed-out', 'developer', 'after-sign-in', 'fix-credentials'],
    [[4103], 'sign-in-malformed', 'invalid', 'developer', 'never', 'fix-call'],
    [[4105], 'not-signed-in', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [[4107], 'connection-silent', 'offline', 'user', 'later', 'wait'],
    [[4108], 'sign-in-too-slow', 'timeout', 'user', 'later', 'check-network'],
    [[4109], 'frame-too-long', 'too-large', 'user', 'never', 'shorten'],
    [[4110], 'page-address-not-allowed', 'forbidden', 'developer', 'never', 'fix-setup'],
    [[4111], 'kicked-by-device', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [[4112], 'credentials-expired', 'signed-out', 'user', 'after-sign-in', 'sign-in'],
    [[4113], 'app-quota-used-up', 'full', 'operator', 'never', 'buy'],
    [[4200], 'service-trouble', 'other', 'operator', 'later', 'retry-later'],
  ],
} as const satisfies ErrorTable

/** What LeanCloud answers about conversations and their members. */
export const leancloudConversations = {
  domain: 'leancloud',
  area: 'conversation',
  rows: [
    [[4301], 'conversation-service-trouble', 'other', 'operator', 'later', 'retry-later'],
    [[4302], 'conversation-signature-wrong', 'forbidden', 'developer', 'never', 'fix-credentials'],
    [[4303], 'conversation-missing', 'not-found', 'user', 'never', 'choose-other'],
    [[4304], 'group-full', 'full', 'user', 'never', 'ask-group-admin'],
    [[4305, 4309], 'change-refused-by-app', 'forbidden', 'user', 'never', 'ask-operator'],
    [[4306], 'conversation-not-changed', 'other', 'user', 'never', 'retry'],
    [[4307], 'conversation-read-only', 'forbidden', 'user', 'never', 'nothing'],
    [[4308], 'no-right-in-group', 'forbidden', 'user', 'never', 'ask-group-admin'],
    [[4310], 'conversation-search-failed', 'other', 'user', 'never', 'retry'],
    [[4311], 'history-failed', 'other', 'operator', 'later', 'retry-later'],
    [[4312], 'history-refused-by-app', 'forbidden', 'user', 'never', 'ask-operator'],
    [[4313], 'only-system-conversations', 'unsupported', 'developer', 'never', 'fix-call'],
    [[4314], 'only-normal-conversations', 'unsupported', 'developer', 'never', 'fix-call'],
    [[4315], 'blocked-in-conversation', 'blocked', 'user', 'never', 'ask-group-admin'],
    [[4316], 'only-live-conversations', 'unsupported', 'developer', 'never', 'fix-call'],
    [[4317], 'not-in-conversation', 'not-member', 'user', 'never', 'join'],
    [[4318], 'group-calls-too-often', 'too-often', 'user', 'later', 'wait'],
    [[4323], 'conversation-expired', 'not-found', 'user', 'never', 'choose-other'],
    [[5130], 'no-second-owner', 'forbidden', 'developer', 'never', 'nothing'],
  ],
} as const satisfies ErrorTable

/** What LeanCloud answers about messages. */
export const leancloudMessages = {
  domain: 'leancloud',
  area: 'message',
  rows: [
    [[4116], 'messages-too-often', 'too-often', 'user', 'later', 'wait'],
    [[4401], 'no-such-receiver', 'not-found', 'user', 'never', 'choose-other'],
    [[4402], 'refused-by-app', 'content-refused', 'user', 'never', 'change-content'],
    [[4403], 'message-of-another', 'forbidden', 'user', 'never', 'nothing'],
    [[4404], 'message-missing', 'not-found', 'user', 'never', 'nothing'],
    [[4405], 'edit-refused-by-app', 'content-refused', 'user', 'never', 'change-content'],
    [[4406], 'edit-switched-off', 'not-in-plan', 'operator', 'never', 'enable-feature'],
    [[4407], 'recall-switched-off', 'not-in-plan', 'operator', 'never', 'enable-feature'],
  ],
} as const satisfies ErrorTable
