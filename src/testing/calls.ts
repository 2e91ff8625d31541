import { copied } from '../core/data'
import { catalogueError } from '../core/errors'
import { clientKey } from '../model'
import type { ChatError } from '../model'
import type { HistoryPage, Message, MessageKey, MessageRef, OutgoingMessage, Task, UserId } from '../model'
import type { MessagesFacet } from '../core/ports'
import type { Weather } from './faults'
import { offlineError, timeoutError } from './faults'
import { createPages } from './pages'
import type { Line } from './line'

/** The calls of a transport through bad weather. */
export interface Calls {
  /** Every method of a facet as it is in this weather. */
  facet<F extends object>(name: string, facet: F): F
  messages(facet: MessagesFacet): MessagesFacet
  /** All that run fail: the line is down. */
  breakAll(): void
  /** Nobody hangs any longer. */
  calm(): void
  /** The tab dies: what travels arrives now or never; resolves when the backend has dealt with all it has. */
  kill(): Promise<void>
}

/** One call on its way. */
interface Call {
  stage: 'going' | 'there' | 'back'
  /** Ends the call for whoever made it. */
  fail(error: ChatError): void
  /** Where it goes on after a break; absent: it dies with the line. */
  arrive?: () => void
  isHanging: boolean
}

/** How a call may be treated. */
interface Manner {
  /** Only looks: there is nothing to be unsure of. */
  readonly isReading: boolean
  /** Twice is as good as once. */
  readonly isRepeatable: boolean
  readonly mayArriveLate: boolean
  /** What it knows gets old when events are lost meanwhile. */
  readonly isOfTheMoment: boolean
}

const READING =
  /^(messages\.(history|find|fetch\w+|reactors|readers|pinned|openMerged|search)|\w+\.(list|fetch|members|requests|applications|folders|blocked|find\w+|read\w+|onlineCount|resolve))$/
const REPEATABLE = /^(conversations\.(markRead|markAllRead)|messages\.(deleteForMe|acknowledge))$/
/** Answer at once, or are a subscription. */
const UNTOUCHED = [
  'presence.watch',
  'profiles.subscribe',
  'contacts.subscribe',
  'presence.subscribe',
  'groups.subscribe',
  'files.subscribe',
]
const HANG_MS = 60_000
const LATE_MS = { min: 500, max: 10_000 }

/** Makes the calls; `ownId` tells who is signed in. */
export function createCalls(weather: Weather, line: Line, ownId: () => UserId | undefined): Calls {
  const { random } = weather
  const readPage = createPages(weather)
  const running = new Set<Call>()
  /** Handed to the backend and not answered by it. */
  const atBackend = new Set<Promise<unknown>>()
  /** Messages that may still arrive. */
  const onTheWay = new Map<string, number>()

  function handOver<T>(invoke: () => Promise<T>): Promise<T> {
    const answer = invoke()
    const settled = answer.then(
      () => {},
      () => {},
    )
    atBackend.add(settled)
    void settled.then(() => atBackend.delete(settled))
    return answer
  }

  function carry<T>(manner: Manner, invoke: () => Promise<T>, onEnd: () => void = () => {}): Promise<T> {
    if (weather.isDead()) return new Promise(() => {})
    if (line.isDown()) {
      onEnd()
      return Promise.reject(offlineError())
    }
    if (weather.happens('refuse')) {
      weather.note('refused')
      onEnd()
      return Promise.reject(tooOften())
    }
    return new Promise<T>((resolve, reject) => begin(manner, invoke, onEnd, resolve, reject))
  }

  function begin<T>(
    manner: Manner,
    invoke: () => Promise<T>,
    onEnd: () => void,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ): void {
    const effect = manner.isReading ? 'none' : 'unknown'
    const losses = line.losses()
    let isOver = false
    const call: Call = {
      stage: 'going',
      isHanging: false,
      fail(error) {
        if (!end()) return
        reject(error)
      },
    }

    function end(): boolean {
      if (isOver || weather.isDead()) return false
      isOver = true
      running.delete(call)
      return true
    }

    function back(settle: () => void): void {
      call.stage = 'back'
      if (fate === 'hung') return
      weather.later(weather.latency(), () => {
        if (isOver || weather.isDead()) return
        if (fate === 'answer lost') {
          weather.note('answerLost')
          return call.fail(timeoutError(effect))
        }
        if (manner.isOfTheMoment && losses !== line.losses()) return call.fail(timeoutError('none'))
        if (end()) settle()
      })
    }

    function arrive(): void {
      call.stage = 'there'
      const answer = handOver(invoke)
      if (manner.isRepeatable && weather.happens('duplicate')) {
        weather.note('callRepeated')
        handOver(invoke).catch(() => {})
      }
      answer.then(
        (value) => {
          onEnd()
          back(() => resolve(value))
        },
        (error: unknown) => {
          onEnd()
          back(() => reject(error))
        },
      )
    }

    /** It never gets there. */
    function die(): void {
      onEnd()
      delete call.arrive
    }

    function arriveLate(): void {
      weather.note('arrivedLate')
      call.stage = 'there'
      call.fail(timeoutError('unknown'))
      late(arrive)
    }

    const fate = fateOf(manner)
    running.add(call)
    call.arrive = arrive
    if (fate === 'lost') {
      weather.note('callLost')
      die()
      const isSure = random.chance(0.5)
      return void weather.later(weather.latency(), () =>
        call.fail(isSure ? offlineError() : timeoutError(effect)),
      )
    }
    if (fate === 'late') return arriveLate()
    if (fate === 'hung') {
      weather.note('hung')
      call.isHanging = true
      weather.later(HANG_MS, () => call.fail(timeoutError(effect)))
      if (random.chance(0.5)) return die()
    }
    if (weather.happens('disconnect')) weather.later(weather.latency(), () => line.breakDown())
    if (isOver) return
    weather.later(weather.latency(), () => {
      if (isOver) return
      arrive()
    })
    broken.set(call, () => {
      if (call.stage !== 'going' || !call.arrive) return
      if (manner.mayArriveLate && random.chance(0.5)) {
        weather.note('arrivedLate')
        return late(arrive)
      }
      die()
    })
  }

  /** What becomes of a call when the line breaks under it. */
  const broken = new WeakMap<Call, () => void>()
  const lateOnes = new Set<() => void>()

  function late(arrive: () => void): void {
    const work = (): void => {
      if (lateOnes.delete(work)) arrive()
    }
    lateOnes.add(work)
    weather.later(random.between(LATE_MS.min, LATE_MS.max), work)
  }

  function fateOf({ mayArriveLate }: Manner): 'lost' | 'answer lost' | 'late' | 'hung' | 'heard' {
    if (weather.happens('loss')) {
      return random.pick(mayArriveLate ? ['lost', 'answer lost', 'late'] : ['lost', 'answer lost'])
    }
    return weather.happens('hang') ? 'hung' : 'heard'
  }

  function mannerOf(name: string): Manner {
    const isReading = READING.test(name)
    return {
      isReading,
      isRepeatable: isReading || REPEATABLE.test(name),
      mayArriveLate: false,
      isOfTheMoment: name === 'messages.history',
    }
  }

  function facet<F extends object>(facetName: string, original: F): F {
    return new Proxy(original, {
      get(target, property, receiver) {
        const value: unknown = Reflect.get(target, property, receiver)
        const name = `${facetName}.${String(property)}`
        if (typeof value !== 'function' || UNTOUCHED.includes(name)) return value
        const method = value as (...args: unknown[]) => unknown
        if (name === 'files.upload') {
          return (...args: unknown[]) =>
            carryTask(mannerOf(name), () => method.apply(target, args) as Task<unknown>)
        }
        return (...args: unknown[]) => carry(mannerOf(name), async () => method.apply(target, args))
      },
    })
  }

  function carryTask<T>(manner: Manner, begin: () => Task<T>, onEnd?: () => void): Task<T> {
    let task: Task<T> | undefined
    let isCancelled = false
    const result = carry(
      manner,
      () => {
        if (isCancelled) return Promise.reject(catalogueError('parley', 'cancelled'))
        task = begin()
        return task.result
      },
      onEnd,
    )
    return {
      result,
      cancel() {
        isCancelled = true
        task?.cancel()
      },
    }
  }

  function send(original: MessagesFacet): MessagesFacet['send'] {
    return (given, onProgress) => {
      // It travels for a while, and meanwhile the caller may change it.
      const message = copied(given)
      const place = placeOf(message)
      onTheWay.set(place, (onTheWay.get(place) ?? 0) + 1)
      const leave = () => {
        const left = (onTheWay.get(place) ?? 1) - 1
        if (left > 0) onTheWay.set(place, left)
        else onTheWay.delete(place)
      }
      const manner: Manner = {
        isReading: false,
        isRepeatable: false,
        mayArriveLate: true,
        isOfTheMoment: false,
      }
      const tell: typeof onProgress = (part, fraction) => weather.isDead() || onProgress?.(part, fraction)
      return carryTask<Message>(manner, () => original.send(message, tell), once(leave))
    }
  }

  /** Of nonsense too, which the transport itself refuses. */
  function placeOf(message: Partial<OutgoingMessage> | undefined): string {
    return `${message?.conversationId}\n${clientKey(ownId() ?? '', `${message?.clientId}`)}`
  }

  function isOnTheWay(ref: Partial<MessageRef> | undefined): boolean {
    const { conversationId, keys } = ref ?? {}
    return Array.isArray(keys) && keys.some((key: MessageKey) => onTheWay.has(`${conversationId}\n${key}`))
  }

  return {
    facet,
    messages(original) {
      const rest = facet('messages', original)
      const own: Partial<MessagesFacet> = {
        send: send(original),
        find: (ref) =>
          carry(mannerOf('messages.find'), async () => {
            const wasOnTheWay = isOnTheWay(ref)
            const found = await original.find(ref)
            // What is still travelling can still arrive, so nobody may be sure that it is not there.
            return found === 'absent' && (wasOnTheWay || isOnTheWay(ref)) ? 'unknown' : found
          }),
        history: (request): Promise<HistoryPage> =>
          carry(mannerOf('messages.history'), () => readPage(original, request)),
        ...(original.setTyping && {
          setTyping: (id: string, isTyping: boolean) => {
            if (!weather.isDead() && !line.isDown() && !weather.happens('loss'))
              original.setTyping?.(id, isTyping)
          },
        }),
      }
      return new Proxy(rest, {
        get: (target, property, receiver) =>
          (own as Record<PropertyKey, unknown>)[property] ?? Reflect.get(target, property, receiver),
      })
    },
    breakAll() {
      for (const call of [...running]) {
        broken.get(call)?.()
        call.fail(offlineError('unknown'))
      }
    },
    calm() {
      for (const call of [...running]) if (call.isHanging) call.fail(timeoutError('unknown'))
    },
    async kill() {
      const arrivals = [
        ...[...running].filter(({ stage }) => stage === 'going').map(({ arrive }) => arrive),
        ...lateOnes,
      ]
      weather.kill()
      for (const arrive of arrivals) if (arrive && random.chance(0.5)) arrive()
      while (atBackend.size > 0) await Promise.all(atBackend)
    },
  }
}

function tooOften(): ChatError {
  return catalogueError('parley', 'too-often')
}

function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    work()
  }
}
