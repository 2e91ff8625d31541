import { catalogueError } from '../errors'
import type { ChatError } from '../../model'
import type { Credentials, CredentialsAsk, CredentialsProvider } from '../../model'
import type { Clock } from '../ports'

const PATIENCE_MS = 30_000

/**
 * Asks the app's own function, which may throw, hang or give nothing.
 * @throws ChatError in words that say which of them it did; the cause is for the log.
 */
export function askCredentials(
  provider: CredentialsProvider,
  ask: CredentialsAsk,
  clock: Clock,
): Promise<Credentials> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(PATIENCE_MS, () => reject(failure('credentials-timeout')))
    Promise.resolve()
      .then(() => provider(ask))
      .then(
        (given) => (isCredentials(given) ? resolve(given) : reject(failure('credentials-missing'))),
        (thrown: unknown) => reject(failure('credentials-failed', thrown)),
      )
      .finally(stop)
  })
}

/** True for an error that the app's own function caused, so that asking it again at once would be in vain. */
export function isProviderFailure({ code, domain }: Pick<ChatError, 'code' | 'domain'>): boolean {
  return domain === 'parley' && FAILURES.some((failed) => failed === code)
}

const FAILURES = ['credentials-timeout', 'credentials-missing', 'credentials-failed'] as const

function failure(code: (typeof FAILURES)[number], cause?: unknown): ChatError {
  return catalogueError('parley', code, { ...(cause !== undefined && { cause }) })
}

function isCredentials(given: unknown): given is Credentials {
  if (typeof given !== 'object' || given === null) return false
  const { secret, extra } = given as Partial<Credentials>
  return typeof secret === 'string' && (secret !== '' || extra !== undefined)
}
