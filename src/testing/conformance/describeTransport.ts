import { REQUIRED } from './abilities'
import { ensure } from './ensure'
import type { TransportHarness } from './harness'
import { createLedger } from './ledger'
import { describeTopic, hasMethod, isRefusedForGood } from './topic'
import type { Suite } from './topic'
import { tellingChecks } from './checks/telling'
import { topics } from './checks/topics'

/**
 * Judges a transport by the contract: a few hundred small checks through real connections of two or three users. What the
 * transport does not have is not checked and stands in the report; everything it has must pass.
 */
export function describeTransport(name: string, harness: TransportHarness): void {
  const [first] = harness.users
  ensure(
    first !== undefined && harness.users.length > 1,
    'describeTransport needs two users of the backend at least: give their ids in `users`',
  )
  const { transport: shape } = harness.createTransport(first)
  const ledger = createLedger()
  const suite: Suite = {
    harness,
    shape,
    topic: (topicName, describeChecks) =>
      describeTopic(suite, ledger, topicName, describeChecks, tellingChecks),
  }
  harness.describe(name, () => {
    suite.topic('What it has to offer', (check) => {
      for (const ability of new Set([...REQUIRED, ...(harness.mustOffer ?? [])])) {
        check('M, contract: facets', `offers ${ability}`, [], async ({ one }) => {
          ensure(
            hasMethod(shape, ability),
            `${ability} has to be offered, and the transport has no such method`,
          )
          const { transport } = await one()
          const isRefused = isRefusedForGood(transport, ability)
          ensure(!isRefused, `${ability} has to be offered, and can('${ability}') refuses it for good`)
        })
      }
    })
    for (const describeChecks of topics) describeChecks(suite)
    harness.it('reports what it offers and what did not run', async () => {
      harness.report?.(ledger.report(name, (ability) => hasMethod(shape, ability)))
    })
  })
}
