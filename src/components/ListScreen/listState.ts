/** How a list can stand on its screen. Whatever is there is shown, whether more is on its way or not. */
export const LIST_STATES = ['ready', 'loading', 'offline', 'failed', 'empty'] as const
/** How a list stands on its screen. */
export type ListState = (typeof LIST_STATES)[number]

/** What a list can show: what is in it, else why there is nothing. */
export function listStateOf(of: {
  /** How far it is read. */
  readonly state: 'loading' | 'ready' | 'failed'
  /** There is nothing in it, as far as is known. */
  readonly isEmpty: boolean
  /** Nothing comes while there is no connection. */
  readonly isOffline: boolean
}): ListState {
  if (!of.isEmpty) return 'ready'
  if (of.state === 'loading') return of.isOffline ? 'offline' : 'loading'
  return of.state === 'failed' ? 'failed' : 'empty'
}
