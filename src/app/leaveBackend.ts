import type { Clock, Logger, Transport } from '../core/ports'

/** What follows the end of a connection, such as forgetting a user, does not wait for a backend longer than this. */
const LONGEST_GOODBYE_MS = 5_000

/**
 * Ends the connection.
 * @returns a promise that rejects as the backend does, and resolves too where it does not answer in good time
 */
export async function leaveBackend(transport: Transport, clock: Clock, logger: Logger): Promise<void> {
  const leaving = transport.disconnect()
  const patience = new Promise<'over'>((resolve) => {
    const stop = clock.after(LONGEST_GOODBYE_MS, () => resolve('over'))
    leaving.then(stop, stop)
  })
  const outcome = await Promise.race([leaving, patience])
  if (outcome === 'over') logger.warn('The backend did not answer when the connection was ended.')
}
