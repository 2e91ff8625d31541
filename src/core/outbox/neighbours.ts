import type { Stop } from '../../model'
import type { Tabs } from '../ports'

/** What a tab needs to know its neighbours. */
export interface NeighboursOptions {
  /** Where names are held. */
  readonly tabs: Tabs
  /** Names what is shared. */
  readonly name: string
  /** Names this tab, as no other is named. */
  readonly ownId: string
  /** Tells the others that this tab is here. */
  announce(): void
  /** Another tab is gone, and may not have told the last it did. */
  onGone(): void
}

/** More than anybody opens at once: whoever names more is no tab. */
const MOST_HELD = 200
/** Names of tabs that are gone are known for a while: what they said may come after they went. */
const MOST_KNOWN = 1_000

/** Notices the end of other tabs, which die without a word: each holds a name of its own, which the others wait for. */
export class Neighbours {
  private readonly known = new Set<string>()
  private readonly stops = new Set<Stop>()
  private isHere = false

  constructor(private readonly options: NeighboursOptions) {}

  /** From now on the others can notice the end of this one. */
  start(): void {
    this.known.add(this.options.ownId)
    this.hold(this.options.ownId, () => {
      this.isHere = true
      this.options.announce()
    })
  }

  /** Another tab is here. */
  hear(id: string): void {
    if (this.known.has(id) || this.stops.size > MOST_HELD) return
    this.remember(id)
    this.hold(id, (letGo) => {
      letGo()
      this.options.onGone()
    })
    // It may have come later, and not know of this one.
    if (this.isHere) this.options.announce()
  }

  stop(): void {
    for (const stop of [...this.stops]) stop()
  }

  private remember(id: string): void {
    this.known.add(id)
    if (this.known.size <= MOST_KNOWN) return
    for (const oldest of this.known) {
      if (oldest === this.options.ownId) continue
      this.known.delete(oldest)
      break
    }
  }

  private hold(id: string, onHeld: (letGo: Stop) => void): void {
    let isOver = false
    let letGoOfHold: Stop = () => {}
    const letGo = (): void => {
      isOver = true
      this.stops.delete(letGo)
      letGoOfHold()
    }
    this.stops.add(letGo)
    // Where nothing can be held the name comes at once: then every tab that comes counts as one that has gone.
    letGoOfHold = this.options.tabs.hold(`${this.options.name}:${id}`, () => {
      if (!isOver) onHeld(letGo)
    })
    if (isOver) letGoOfHold()
  }
}
