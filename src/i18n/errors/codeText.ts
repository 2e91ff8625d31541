import { errorInfo } from '../../core/errors'
import type { ErrorInfo, WhatToDo } from '../../core/errors'
import type { ChatErrorShape } from '../../model'
import type { CodeWords } from './codeWords'

/** Steps that a person before the screen cannot take, and what that person does instead. */
const instead: Partial<Record<WhatToDo, 'developer' | 'operator' | WhatToDo>> = {
  'fix-call': 'developer',
  'fix-order': 'developer',
  'fix-credentials': 'developer',
  'fix-setup': 'developer',
  'ask-less': 'developer',
  report: 'developer',
  'fix-certificate': 'operator',
  'fix-server': 'operator',
  'enable-feature': 'operator',
  buy: 'operator',
  'app-words': 'operator',
  'slow-down': 'retry-later',
  'renew-credentials': 'sign-in',
}

/** What the catalogue knows of an error; undefined where whoever made the error knew more than its code says. */
export function knownCode(error: ChatErrorShape): ErrorInfo | undefined {
  const info = errorInfo(error.domain, error.code)
  return info?.kind === error.kind ? info : undefined
}

/** What happened and what a person before the screen can do about it. */
export function codeText(words: CodeWords, info: ErrorInfo): string | undefined {
  const means = Object.hasOwn(words.means, info.meaning) ? words.means[info.meaning] : undefined
  if (means === undefined) return undefined
  return [means, stepBeforeTheScreen(words, info)].filter(Boolean).join(words.between)
}

function stepBeforeTheScreen({ tell, toDo }: CodeWords, info: ErrorInfo): string {
  const step = instead[info.whatToDo] ?? info.whatToDo
  if (step === 'developer' || step === 'operator') {
    // Held together: it is copied as one.
    return tell[step].replace('{code}', () => `${info.domain}\u00a0${info.code}`)
  }
  return toDo[step]
}
