import { ERROR_KINDS } from '../../core/sound'
import { isChatError } from '../../model'
import type { ChatErrorShape } from '../../model'

/** A rule of the contract that a transport does not keep, in words for its author. */
export class BrokenRule extends Error {
  override readonly name = 'BrokenRule'
}

/** Fails with `words` unless the condition holds. */
export function ensure(condition: unknown, words: string): asserts condition {
  if (!condition) throw new BrokenRule(words)
}

/** Fails unless both say the same as plain data; a field that holds undefined is as good as absent. */
export function ensureSame(actual: unknown, expected: unknown, words: string): void {
  const [is, wanted] = [plain(actual), plain(expected)]
  ensure(is === wanted, `${words}\n  expected ${shortened(wanted)}\n  got      ${shortened(is)}`)
}

/** The ChatError a call ends with; `call` is run here, so that one that throws at once is seen too. */
export async function refusalOf(call: () => unknown, words: string): Promise<ChatErrorShape> {
  let answer: unknown
  try {
    answer = await settled(call())
  } catch (thrown) {
    return ensureChatError(thrown, words)
  }
  throw new BrokenRule(`${words}: it should have been refused, and answered ${shortened(plain(answer))}`)
}

/** Runs a call that may succeed or be refused; fails where it throws anything but a ChatError. */
export async function answerOrRefusal(
  call: () => unknown,
  words: string,
): Promise<{ readonly answer?: unknown; readonly refusal?: ChatErrorShape }> {
  try {
    return { answer: await settled(call()) }
  } catch (thrown) {
    return { refusal: ensureChatError(thrown, words) }
  }
}

/** Fails unless the value is a whole ChatError: domain, code, kind, effect, retry and audience (K2). */
export function ensureChatError(value: unknown, words: string): ChatErrorShape {
  ensure(isChatError(value), `${words}: it ended with ${named(value)}, and must end with a ChatError (K2)`)
  ensure(value.domain !== '', `${words}: the error has no domain`)
  const isCode = typeof value.code === 'number' || (typeof value.code === 'string' && value.code !== '')
  ensure(isCode, `${words}: the error has no code`)
  ensure(ERROR_KINDS.includes(value.kind), `${words}: '${value.kind}' is no kind of ChatError`)
  ensure(
    value.effect === 'none' || value.effect === 'unknown',
    `${words}: the error does not say whether the call took effect`,
  )
  ensure(
    ['never', 'later', 'after-sign-in'].includes(value.retry),
    `${words}: '${value.retry}' is no word for when to try again`,
  )
  ensure(
    ['user', 'developer', 'operator'].includes(value.audience),
    `${words}: '${value.audience}' is no word for who can mend it`,
  )
  return value
}

/** A task's result, or the value itself. */
function settled(value: unknown): unknown {
  const isTask = typeof value === 'object' && value !== null && 'result' in value && 'cancel' in value
  return isTask ? value.result : value
}

/** As text that is equal for equal data: fields sorted, undefined ones left out. */
export function plain(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  ) as string
}

/** At most so much of a text that a report stays readable. */
export function shortened(text: string | undefined): string {
  const whole = text ?? 'undefined'
  return whole.length > 400 ? `${whole.slice(0, 400)}… (${whole.length} characters)` : whole
}

function named(value: unknown): string {
  if (value instanceof Error) return `${value.constructor.name} "${shortened(value.message)}"`
  return shortened(String(value))
}
