/** For authors of transports: the suite that judges them, and a bad network for any of them. */
export { describeTransport } from './conformance/describeTransport'
export type {
  CheckNotRun,
  ConformanceReport,
  Offer,
  OfferState,
  SuiteRunner,
  TransportHarness,
  TransportUnderTest,
} from './conformance/harness'
export { skewedClock } from './skewedClock'
export { withFaults } from './withFaults'
export type { FaultyTransport } from './withFaults'
export type { FaultCounts, FaultName, Faults } from './faults'
