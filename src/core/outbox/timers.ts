import type { Stop } from '../../model'
import type { Clock } from '../ports'

/** Everything somebody waits for, so that all of it can be called off together. */
export class Timers {
  private readonly stops = new Set<Stop>()

  constructor(private readonly clock: Clock) {}

  after(ms: number, work: () => void): Stop {
    const stopClock = this.clock.after(ms, () => {
      this.stops.delete(stop)
      work()
    })
    const stop = (): void => {
      this.stops.delete(stop)
      stopClock()
    }
    this.stops.add(stop)
    return stop
  }

  clear(): void {
    for (const stop of [...this.stops]) stop()
  }
}
