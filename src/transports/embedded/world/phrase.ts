import type { WorldRandom } from './random'

/** Lists of words and half sentences by the name under which a phrase asks for them. */
export type Pools = Readonly<Record<string, readonly string[]>>
/** What one scene has settled on, so that an answer speaks of the same thing as its question. */
export type Settled = Map<string, string>

const CHOICE = /\[([^[\]]*)\]/
const LIST = /\{list:(\w+)\}/g
const SLOT = /\{(\*?)(\w+)(?:=(?:(\d+)-(\d+)|(\w+)))?\}/g
const LINE_BREAK = /\s*¶\s*/g

/**
 * Turns a phrase into a sentence: `[a|b]` chooses, `{word}` takes one of the pool and keeps it for the scene, `{*word}` takes
 * one afresh, `{n=3-9}` and `{other=word}` settle a name of their own, `{list:word}` makes a bullet list, `¶` breaks the line.
 */
export function expandPhrase(phrase: string, pools: Pools, settled: Settled, random: WorldRandom): string {
  return expand(phrase, pools, settled, random).replace(LINE_BREAK, '\n').trim()
}

function expand(phrase: string, pools: Pools, settled: Settled, random: WorldRandom): string {
  let text = phrase
  for (let found = CHOICE.exec(text); found !== null; found = CHOICE.exec(text)) {
    const chosen = random.pick((found[1] ?? '').split('|'))
    text = text.slice(0, found.index) + chosen + text.slice(found.index + found[0].length)
  }
  text = text.replace(LIST, (_, pool: string) => bullets(pool, pools, settled, random))
  return text.replace(SLOT, (_, fresh: string, name: string, from?: string, to?: string, pool?: string) => {
    const known = settled.get(name)
    if (known !== undefined && fresh === '') return known
    const draw = () =>
      from === undefined
        ? expand(random.pick(poolOf(pools, pool ?? name)), pools, settled, random)
        : String(random.between(Number(from), Number(to)))
    // Two things that a scene compares should differ.
    let value = draw()
    for (let left = 4; left > 0 && fresh === '' && isTaken(value, settled); left--) value = draw()
    if (fresh === '') settled.set(name, value)
    return value
  })
}

function isTaken(value: string, settled: Settled): boolean {
  return [...settled.values()].includes(value)
}

function bullets(name: string, pools: Pools, settled: Settled, random: WorldRandom): string {
  const lines = random.shuffle(poolOf(pools, name)).slice(0, random.between(3, 6))
  const mark = random.pick(['- ', '• ', '#'])
  return lines
    .map((line, at) => (mark === '#' ? `${at + 1}. ` : mark) + expand(line, pools, settled, random))
    .join('\n')
}

function poolOf(pools: Pools, name: string): readonly string[] {
  const pool = pools[name]
  if (pool === undefined) throw new RangeError(`no words under "${name}"`)
  return pool
}
