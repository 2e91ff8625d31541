import type { ChatErrorShape, ErrorDomain, ErrorKind } from '../../model'

/** What an error is about. */
export type ErrorArea =
  | 'session'
  | 'network'
  | 'message'
  | 'file'
  | 'conversation'
  | 'group'
  | 'contact'
  | 'profile'
  | 'push'
  | 'storage'
  | 'service'
  | 'client'
  | 'signaling'
  | 'statistics'

/** The next step of whoever can mend it. */
export type WhatToDo =
  | 'nothing'
  | 'wait'
  | 'retry'
  | 'retry-later'
  | 'check-network'
  | 'look-first'
  | 'open-portal'
  | 'set-clock'
  | 'sign-in'
  | 'renew-credentials'
  | 'reload'
  | 'update-app'
  | 'change-content'
  | 'shorten'
  | 'choose-other-file'
  | 'choose-other'
  | 'free-space'
  | 'remove-some'
  | 'see-latest'
  | 'add-friend'
  | 'unblock'
  | 'wait-for-answer'
  | 'join'
  | 'open-it'
  | 'transfer-or-dissolve'
  | 'ask-group-admin'
  | 'ask-operator'
  | 'fix-call'
  | 'fix-order'
  | 'fix-credentials'
  | 'fix-setup'
  | 'fix-certificate'
  | 'fix-server'
  | 'ask-less'
  | 'slow-down'
  | 'enable-feature'
  | 'buy'
  | 'report'
  | 'app-words'

/** Codes that mean one thing, and what follows from it; without the last the call had no effect. */
export type ErrorRow = readonly [
  codes: readonly (number | string)[],
  meaning: string,
  kind: ErrorKind,
  audience: ChatErrorShape['audience'],
  retry: ChatErrorShape['retry'],
  whatToDo: WhatToDo,
  effect?: 'unknown',
]

/** The codes of one backend about one area. */
export interface ErrorTable {
  readonly domain: ErrorDomain
  readonly area: ErrorArea
  readonly rows: readonly ErrorRow[]
}
