/** For authors of transports and of apps: a bad network that can be repeated. */
export { skewedClock, withFaults } from './testing/index'
export type { FaultCounts, FaultName, Faults, FaultyTransport } from './testing/index'
