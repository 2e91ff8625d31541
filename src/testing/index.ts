/** A bad network for any transport. */
export { skewedClock } from './skewedClock'
export { withFaults } from './withFaults'
export type { FaultyTransport } from './withFaults'
export type { FaultCounts, FaultName, Faults } from './faults'
