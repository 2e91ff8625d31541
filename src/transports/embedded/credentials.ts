import type { Clock } from '../../core/ports'
import { isChatError } from '../../model'
import type { Credentials, CredentialsAsk, CredentialsProvider, Stop, UserId } from '../../model'
import { refusals } from './refusals'
import type { CredentialsCheck } from './rules'

/** So long the app and the service may take over credentials. */
const ANSWER_WITHIN_MS = 30_000

/** What proving who one is works with. */
export interface Proof {
  readonly clock: Clock
  readonly check: CredentialsCheck
  readonly userId: UserId
  readonly clientId?: string | undefined
  readonly provider: CredentialsProvider
  /** Hands out what ends the wait under way. */
  onWait(stop: Stop): void
}

/** Asks for credentials until they are good: for each reason once, so that it comes to an end (A11). */
export async function proveIdentity(proof: Proof, first: 'sign-in' | 'expired'): Promise<void> {
  const asked = new Set<CredentialsAsk['reason']>()
  let reason: CredentialsAsk['reason'] = first
  for (;;) {
    asked.add(reason)
    const credentials = await ask(proof, reason)
    const verdict = isCredentials(credentials)
      ? await within(proof, async () => proof.check(proof.userId, credentials))
      : 'wrong'
    if (verdict === 'ok') return
    if (verdict === 'banned') throw refusals.banned()
    reason = verdict === 'expired' ? 'expired' : 'rejected'
    if (asked.has(reason)) {
      throw verdict === 'expired' ? refusals.credentialsExpired() : refusals.credentialsWrong()
    }
  }
}

/** What the app answers; its failure is one of signing in, unless it says itself that it is the network's. */
async function ask(proof: Proof, reason: CredentialsAsk['reason']): Promise<unknown> {
  const { userId, clientId, provider } = proof
  try {
    return await within(proof, async () =>
      provider({ userId, reason, ...(clientId !== undefined && { clientId }) }),
    )
  } catch (error) {
    const isNetwork = isChatError(error) && ['offline', 'timeout', 'signed-out'].includes(error.kind)
    throw isNetwork ? error : refusals.noCredentials(error)
  }
}

function within<R>({ clock, onWait }: Proof, work: () => Promise<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    const stopWaiting = clock.after(ANSWER_WITHIN_MS, () => reject(refusals.credentialsLate()))
    onWait(() => {
      stopWaiting()
      reject(refusals.notSignedIn())
    })
    work().then(resolve, reject).finally(stopWaiting)
  })
}

function isCredentials(value: unknown): value is Credentials {
  return typeof value === 'object' && value !== null && typeof (value as Credentials).secret === 'string'
}
