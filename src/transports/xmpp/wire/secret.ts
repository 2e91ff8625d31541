import type { Clock } from '../../../core/ports'
import { isChatError } from '../../../model'
import type { ConnectOptions, Credentials, CredentialsAsk, Stop } from '../../../model'
import { refusals } from '../refusals'

/** So long the app may take over credentials. */
const ANSWER_WITHIN_MS = 30_000

/** The password of one sign-in, asked for when it is needed and kept no longer than the sign-in. */
export interface SecretKeeper {
  /** The one that is good as far as anybody knows. */
  get(): Promise<string>
  /** The server has said no. True: another one can be asked for; false: that has been done already (A11). */
  wasRefused(reason: 'expired' | 'rejected'): boolean
  /** The server has said yes. */
  wasTaken(): void
  /** Ends the wait for the app. */
  stop(): void
}

/** Nothing is asked yet. */
export function createSecretKeeper(clock: Clock, { userId, credentials }: ConnectOptions): SecretKeeper {
  const asked = new Set<CredentialsAsk['reason']>()
  let reason: CredentialsAsk['reason'] = 'sign-in'
  let kept: Credentials | undefined
  let stopWaiting: Stop | undefined

  async function ask(): Promise<Credentials> {
    asked.add(reason)
    try {
      const answer: unknown = await within(async () => credentials({ userId, reason }))
      if (!isCredentials(answer)) throw refusals.invalid('credentials without a secret')
      return answer
    } catch (error) {
      const isNetwork = isChatError(error) && ['offline', 'timeout', 'signed-out'].includes(error.kind)
      throw isNetwork ? error : refusals.noCredentials(error)
    }
  }

  function within<R>(work: () => Promise<R>): Promise<R> {
    return new Promise((resolve, reject) => {
      const stop = clock.after(ANSWER_WITHIN_MS, () => reject(refusals.credentialsLate()))
      stopWaiting = () => {
        stop()
        reject(refusals.notSignedIn())
      }
      work().then(resolve, reject).finally(stop)
    })
  }

  return {
    async get() {
      if (kept?.expiresAt !== undefined && kept.expiresAt <= clock.now()) {
        kept = undefined
        reason = 'expired'
      }
      kept ??= await ask()
      return kept.secret
    },
    wasRefused(why) {
      if (asked.has(why)) return false
      kept = undefined
      reason = why
      return true
    },
    wasTaken() {
      asked.clear()
      reason = 'sign-in'
    },
    stop: () => stopWaiting?.(),
  }
}

function isCredentials(value: unknown): value is Credentials {
  return typeof value === 'object' && value !== null && typeof (value as Credentials).secret === 'string'
}
