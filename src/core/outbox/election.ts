import type { Stop } from '../../model'
import type { Tabs } from '../ports'

/** Sees to it that of all tabs one sends. Where nobody else is, that is this one. */
export class Election {
  private letGoOfHold: Stop | undefined

  constructor(
    private readonly tabs: () => Tabs | undefined,
    private readonly name: string,
    private readonly onElected: () => void,
  ) {}

  /** Stands for election, or stays elected. */
  stand(): void {
    if (this.letGoOfHold) return
    let isOver = false
    let stop: Stop = () => {}
    this.letGoOfHold = () => {
      isOver = true
      stop()
    }
    const onHeld = (): void => {
      if (!isOver) this.onElected()
    }
    const tabs = this.tabs()
    if (!tabs) onHeld()
    else stop = tabs.hold(this.name, onHeld)
  }

  /** Lets others be elected. */
  stepDown(): void {
    this.letGoOfHold?.()
    this.letGoOfHold = undefined
  }
}
