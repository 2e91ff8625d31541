/** For authors of transports and of apps: the suite that judges a transport, and a bad network that can be repeated. */
export { describeTransport, skewedClock, withFaults } from './testing/index'
export type {
  CheckNotRun,
  ConformanceReport,
  FaultCounts,
  FaultName,
  Faults,
  FaultyTransport,
  Offer,
  OfferState,
  SuiteRunner,
  TransportHarness,
  TransportUnderTest,
} from './testing/index'
