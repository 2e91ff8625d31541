/** Being signed in: what follows from each end of it, and what time it is at the server. */
export { endedSession, hasEnded, kitEnded } from './kitEnded'
export { createServerClock } from './serverClock'
export { createSessionSupervisor } from './supervisor'
export type { SupervisorOptions } from './supervisor'
export { wayOut } from './wayOut'
export type { WayOut } from './wayOut'
