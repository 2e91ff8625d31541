import type { Listener, SessionState, Stop, TransportEvent } from '../model'
import { createHoldBack } from './holdBack'
import { conversationsLost, isRepeatable, lateCopy, missed } from './eventKinds'
import type { Weather } from './faults'

/** The way of events to the kit, and whether there is one. */
export interface Line {
  /** Takes in what the transport tells. */
  hear(events: readonly TransportEvent[]): void
  subscribe(listener: Listener): Stop
  /** As it was last told. */
  session(): SessionState
  isDown(): boolean
  /** Breaks the connection for a while. */
  breakDown(): void
  /** Grows whenever the kit is told that events were lost. */
  losses(): number
  /** What is under way is forgotten; `nextInDoubt`: the next sign-in cannot know what that was. */
  forget(): void
  doubtNext(): void
  calm(): void
}

/** How long a line stays down. */
const DOWN_MS = { min: 200, max: 8_000 }

/** Makes the line; `onDown` hears in the moment it breaks. */
export function createLine(weather: Weather, onDown: () => void): Line {
  const { random } = weather
  const listeners = new Set<Listener>()
  const queue: { dueAt: number; events: readonly TransportEvent[] }[] = []
  let session: SessionState = { state: 'offline' }
  let stopTimer: Stop | undefined
  let isAwaiting = false
  /** Grows with each sign-out: what is late then never comes. */
  let era = 0
  /** While the line is down: what is missed, or nothing is kept because all will be in doubt. */
  let down: { missed: TransportEvent[]; isInDoubt: boolean } | undefined
  let stopDown: Stop | undefined
  let isNextInDoubt = false
  let losses = 0
  const holdBack = createHoldBack(weather, (events) => tell(events))

  function tell(events: readonly TransportEvent[]): void {
    if (events.length === 0 || weather.isDead()) return
    for (const event of events) {
      if (event.type === 'session.changed') session = event.session
      if (event.type === 'timeline.interrupted') losses++
    }
    for (const listener of [...listeners]) listener(events)
  }

  function tellSession(next: SessionState): void {
    if (next.state === 'online' && !next.hasContinuity) losses++
    tell([{ type: 'session.changed', session: next }, { type: 'abilities.changed' }])
  }

  function enqueue(events: readonly TransportEvent[]): void {
    const dueAt = Math.max(weather.clock.now() + weather.latency(), queue.at(-1)?.dueAt ?? 0)
    queue.push({ dueAt, events })
    awaitNext()
  }

  function awaitNext(): void {
    const [next] = queue
    if (!next || isAwaiting) return
    isAwaiting = true
    let isOver = false
    const stop = weather.later(next.dueAt - weather.clock.now(), () => {
      isOver = true
      // Taken out first: whoever hears of it may make the line break or the transport tell more.
      queue.shift()
      isAwaiting = false
      arrive(next.events)
      awaitNext()
    })
    // What is due at once has been told by now, and may have set the timer of the next.
    if (!isOver) stopTimer = stop
  }

  function arrive(events: readonly TransportEvent[]): void {
    if (down) return miss(events)
    const own = events.map((event) => withSession(event))
    if (own.some((event) => event.type === 'session.changed')) return tell([...holdBack.release(), ...own])
    if (weather.happens('loss')) return lose(own)
    const isRepeated = weather.happens('duplicate')
    const rest = weather.happens('reorder') ? holdBack.hold(own) : holdBack.pass(own)
    tell(rest)
    if (isRepeated) repeat(rest)
    if (weather.happens('disconnect')) breakDown()
  }

  function withSession(event: TransportEvent): TransportEvent {
    if (event.type === 'clock.measured') {
      return { ...event, offsetMs: event.offsetMs - (weather.clockSkew ?? 0) }
    }
    if (event.type !== 'session.changed' || event.session.state !== 'online' || !isNextInDoubt) return event
    isNextInDoubt = false
    losses++
    return { ...event, session: { ...event.session, hasContinuity: false } }
  }

  function repeat(events: readonly TransportEvent[]): void {
    if (down || events.length === 0) return
    if (random.chance(0.5)) {
      weather.note('eventsRepeated')
      return tell(events.filter(isRepeatable))
    }
    const copy = lateCopy(events)
    if (copy.length === 0) return
    weather.note('eventsRepeatedLater')
    const mine = era
    weather.later(random.between(1, 3_000), () => down || mine !== era || tell(copy))
  }

  /** Events never go without a word: either the conversations are named or everything is in doubt. */
  function lose(events: readonly TransportEvent[]): void {
    const lost = conversationsLost(events)
    const isNamed = random.chance(0.5)
    if (isNamed && lost.length === 0) return tell(holdBack.pass(events))
    if (isNamed) {
      weather.note('eventsLost')
      const rest = events.filter(({ type }) => type !== 'message.received' && type !== 'message.changed')
      const kept = rest.filter(({ type }) => type !== 'checkpoint.advanced')
      return tell([...holdBack.release(), ...kept, ...lost])
    }
    weather.note('streamBroken')
    goDown(true)
  }

  function breakDown(): void {
    if (down || session.state !== 'online' || weather.isDead()) return
    const isInDoubt = random.chance(0.5)
    weather.note(isInDoubt ? 'leftInDoubt' : 'caughtUp')
    goDown(isInDoubt)
  }

  function goDown(isInDoubt: boolean): void {
    if (down || session.state !== 'online') return
    const held = holdBack.release()
    down = { missed: isInDoubt ? [] : [...held], isInDoubt }
    onDown()
    tellSession({ state: 'reconnecting' })
    stopDown = weather.later(random.between(DOWN_MS.min, DOWN_MS.max), comeBack)
  }

  function miss(events: readonly TransportEvent[]): void {
    if (!down) return
    for (const event of events) {
      if (event.type === 'session.changed') {
        if (event.session.state === 'online') down.isInDoubt ||= !event.session.hasContinuity
        else return endDown(event.session)
      } else if (event.type === 'storage.degraded') tell([event])
      else if (event.type !== 'typing.changed') down.missed.push(withSession(event))
    }
  }

  /** The transport itself is gone meanwhile; what was missed can only be in doubt. */
  function endDown(next: SessionState): void {
    stopDown?.()
    down = undefined
    isNextInDoubt = true
    tellSession(next)
  }

  function comeBack(): void {
    if (!down) return
    stopDown?.()
    const { missed: events, isInDoubt } = down
    down = undefined
    if (isInDoubt) return tellSession({ state: 'online', isCatchingUp: false, hasContinuity: false })
    tellSession({ state: 'online', isCatchingUp: events.length > 0, hasContinuity: true })
    if (events.length === 0) return
    tell(events.map(missed))
    tellSession({ state: 'online', isCatchingUp: false, hasContinuity: true })
  }

  return {
    hear(events) {
      const isOnline = events.some(
        (event) => event.type === 'session.changed' && event.session.state === 'online',
      )
      if (isOnline && weather.clockSkew !== undefined) {
        weather.note('clockSkewed')
        return enqueue([...events, { type: 'clock.measured', offsetMs: 0, errorMs: 0 }])
      }
      enqueue(events)
    },
    subscribe(listener) {
      const own: Listener = (events) => listener(events)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    session: () => session,
    isDown: () => down !== undefined,
    breakDown,
    losses: () => losses,
    forget() {
      stopTimer?.()
      stopDown?.()
      era++
      isAwaiting = false
      queue.length = 0
      down = undefined
      holdBack.forget()
      if (session.state !== 'offline') tellSession({ state: 'offline' })
    },
    doubtNext: () => void (isNextInDoubt = true),
    calm() {
      tell(holdBack.release())
      comeBack()
    },
  }
}
