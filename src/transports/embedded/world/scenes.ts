import type { UserId } from '../../../model'
import { callNameOf } from './people'
import { expandPhrase, type Pools, type Settled } from './phrase'
import type { WorldRandom } from './random'
import { PICTURE_COUNT } from './pictures'
import type { Turn } from './turn'

const HEADER = /^#([\w,]+)$/
const LINE = /^([A-D]): (!)?(.*)$/
const MOST_REPEATS = 3
const SHORT_TEXT = 25
const TRIES = 60

/** A short exchange with parts A to D. Its first line may name the languages of the parts: `#zh,en`. */
export type Scene = string
/** Who may take which parts. */
export interface Cast {
  readonly members: readonly UserId[]
  readonly speaks: (userId: UserId, language: string) => boolean
}

/**
 * Plays scenes one after another: parts go to other people each time and the words change. A sentence that is long enough
 * to be recognised is said at most three times; a scene that has nothing new to say is left out.
 */
export class SceneWriter {
  private readonly said = new Map<string, number>()
  private deck: Scene[] = []

  constructor(
    private readonly scenes: readonly Scene[],
    private readonly pools: Pools,
    private readonly random: WorldRandom,
  ) {}

  /** The turns of the next scene; with `canShow` false none that shows a picture. */
  next(cast: Cast, canShow: boolean): Turn[] {
    for (let left = TRIES; left > 0; left--) {
      const turns = this.play(this.draw(), cast, canShow)
      if (turns === undefined || turns.some((turn) => this.isWornOut(turn.text))) continue
      for (const { text } of turns) this.said.set(text, (this.said.get(text) ?? 0) + 1)
      return turns
    }
    return []
  }

  private draw(): Scene {
    if (this.deck.length === 0) this.deck = this.random.shuffle(this.scenes)
    return this.deck.pop() ?? ''
  }

  private isWornOut(text: string): boolean {
    return text.length > SHORT_TEXT && (this.said.get(text) ?? 0) >= MOST_REPEATS
  }

  private play(scene: Scene, cast: Cast, canShow: boolean): Turn[] | undefined {
    const lines = scene.split('\n').map((line) => line.trim())
    const languages = HEADER.exec(lines.find((line) => line !== '') ?? '')?.[1]?.split(',') ?? ['en']
    const actors = new Map<string, UserId>()
    const settled: Settled = new Map()
    const turns: Turn[] = []
    for (const part of ['A', 'B', 'C', 'D']) {
      const language = languages['ABCD'.indexOf(part)] ?? languages.at(-1) ?? 'en'
      const free = cast.members.filter(
        (id) => cast.speaks(id, language) && ![...actors.values()].includes(id),
      )
      if (free.length === 0) continue
      const userId = this.random.pick(free)
      actors.set(part, userId)
      settled.set(part, callNameOf(userId))
    }
    for (const line of lines) {
      const [, part = '', shows, phrase = ''] = LINE.exec(line) ?? []
      if (part === '') continue
      const senderId = actors.get(part)
      if (senderId === undefined || (shows !== undefined && !canShow)) return undefined
      const text = this.word(phrase, actors, settled)
      turns.push(shows === undefined ? { senderId, text } : { senderId, text, picture: this.anyPicture() })
    }
    return turns
  }

  /** Tries other words before it says again what was said too often. */
  private word(phrase: string, actors: ReadonlyMap<string, UserId>, settled: Settled): string {
    const named = phrase.replace(/@([A-D])\b/g, (_, part: string) => `@${actors.get(part) ?? ''}`)
    let text = ''
    for (let left = 4; left > 0; left--) {
      const attempt = new Map(settled)
      text = expandPhrase(named, this.pools, attempt, this.random)
      if (left > 1 && this.isWornOut(text)) continue
      for (const [name, value] of attempt) settled.set(name, value)
      break
    }
    return text
  }

  private anyPicture(): number {
    return this.random.between(0, PICTURE_COUNT * 4 - 1)
  }
}
