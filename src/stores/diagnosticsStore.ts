import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { EpochMs, ErrorDomain, ErrorKind, SessionState } from '../model'

/** One change of the session, without anything secret. */
export interface SessionChange {
  readonly at: EpochMs
  readonly state: SessionState['state']
  /** Who ended it, where somebody did. */
  readonly by?: string
  readonly domain?: ErrorDomain
  readonly code?: number | string
}
/** An error as diagnostics keep it: its names only. */
export interface RecentError {
  readonly at: EpochMs
  readonly domain: ErrorDomain
  readonly code: number | string
  readonly kind: ErrorKind
}

/** What happened of late, for whoever looks for a fault (A9). Times are the device's. */
export const useDiagnosticsStore = defineStore('parley/diagnostics', () => {
  const sessionChanges = shallowRef<readonly SessionChange[]>([])
  const recentErrors = shallowRef<readonly RecentError[]>([])
  return { sessionChanges, recentErrors }
})
