import { playStory } from './story'
import type { StoryOptions } from './story'

/** How a row of seeds went. */
export interface Total {
  readonly failed: number
  readonly counts: Readonly<{ [name: string]: number }>
}

/** Plays `count` seeds from `from` on and says how they went; the last line is the total. */
export async function simulate(
  from: number,
  count: number,
  say: (line: string) => void = console.log,
  options?: StoryOptions,
): Promise<Total> {
  const counts: { [name: string]: number } = {}
  let failed = 0
  for (let seed = from; seed < from + count; seed++) {
    const { wrong, log, counts: more } = await playStory(seed, options)
    for (const [name, times] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + times
    if (wrong.length === 0) continue
    failed++
    say(`seed ${seed} failed`)
    for (const line of wrong) say(`  ${line}`)
    say('the end of its log:')
    for (const line of log.slice(-40)) say(`  ${line}`)
    say(`replay: npm run simulate -- --from ${seed} --count 1`)
  }
  say(
    Object.entries(counts)
      .map(([name, times]) => `${name} ${times}`)
      .join(', '),
  )
  say(`seeds ${count}, failed ${failed}`)
  return { failed, counts }
}
