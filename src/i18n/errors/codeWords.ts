import type { ErrorMeaning, WhatToDo } from '../../core/errors'

/** The words for codes in one language; loaded when the first code has to be told (K1). */
export interface CodeWords {
  /** What happened, by the meaning that `errorInfo` gives. */
  readonly means: Readonly<Record<string, string>>
  /** The next step of whoever can mend it. */
  readonly toDo: Readonly<Record<WhatToDo, string>>
  /** The step of a person before the screen, where somebody else has to mend it; `{code}` is what to tell. */
  readonly tell: { readonly developer: string; readonly operator: string }
  /** What stands between two sentences. */
  readonly between: string
}

/** Meanings whose words every language carries with it: they are told when nothing can be loaded, or at once. */
export type CarriedMeaning =
  | 'storage-memory'
  | 'outbox-full'
  | 'cannot-be-kept'
  | 'unexpected'
  | 'credentials-failed'
  | 'credentials-missing'
  | 'credentials-timeout'
  | 'clock-skewed'

/** Words that leave no code out; a language of one's own may have fewer. */
export type CompleteCodeWords = CodeWords & {
  readonly means: Readonly<Record<Exclude<ErrorMeaning, CarriedMeaning>, string>>
}
