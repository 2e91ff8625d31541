import type { Clock, Tabs } from '../../src/core/ports'

/** Tabs of one origin that live in this process. */
export interface FakeTabs {
  /** What a new tab is given; a name used before stands for the same tab again. */
  tab(name: string): Tabs
  /** A tab dies: what it held is free, and nothing goes in or out any more; `isMute`: nor does what it said last arrive. */
  kill(name: string, isMute?: boolean): void
  /** Who holds a name. */
  holderOf(hold: string): string | undefined
  /** How many lines are open and holds held or waited for. */
  openCount(): number
}

interface Hold {
  readonly tab: string
  readonly name: string
  readonly onHeld: () => void
  isHeld: boolean
}
interface Line {
  readonly tab: string
  readonly name: string
  readonly onMessage: (data: unknown) => void
}

/** Makes an origin; messages and holds arrive by the clock, as soon as possible, in order, copied as browsers do. */
export function createTabs(clock: Clock): FakeTabs {
  let holds: Hold[] = []
  let lines: Line[] = []
  const mute = new Set<Line>()

  function grant(name: string): void {
    const next = holds.find((hold) => hold.name === name)
    if (!next || next.isHeld) return
    next.isHeld = true
    clock.after(0, () => {
      if (holds.includes(next)) next.onHeld()
    })
  }

  function remove(isGone: (hold: Hold) => boolean): void {
    const names = holds.filter(isGone).map(({ name }) => name)
    holds = holds.filter((hold) => !isGone(hold))
    for (const name of names) grant(name)
  }

  return {
    tab: (tab) => ({
      hold(name, onHeld) {
        const hold: Hold = { tab, name, onHeld, isHeld: false }
        holds.push(hold)
        grant(name)
        return () => remove((other) => other === hold)
      },
      open(name, onMessage) {
        const line: Line = { tab, name, onMessage }
        lines.push(line)
        return {
          post(data) {
            if (!lines.includes(line)) return
            const others = lines.filter((other) => other !== line && other.name === name)
            for (const other of others) {
              const copy = structuredClone(data)
              clock.after(0, () => {
                if (lines.includes(other) && !mute.has(line)) other.onMessage(copy)
              })
            }
          },
          close() {
            lines = lines.filter((other) => other !== line)
          },
        }
      },
    }),
    kill(tab, isMute = false) {
      for (const line of lines) if (isMute && line.tab === tab) mute.add(line)
      lines = lines.filter((line) => line.tab !== tab)
      remove((hold) => hold.tab === tab)
    },
    holderOf: (name) => holds.find((hold) => hold.name === name && hold.isHeld)?.tab,
    openCount: () => lines.length + holds.length,
  }
}
