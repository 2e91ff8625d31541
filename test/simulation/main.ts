import { playStory } from './story'

/** Plays `count` seeds from `from` on and says how they went; the last line is the total. */
export async function simulate(from: number, count: number): Promise<number> {
  let failed = 0
  for (let seed = from; seed < from + count; seed++) {
    const { wrong, log } = await playStory(seed)
    if (wrong.length === 0) continue
    failed++
    console.log(`seed ${seed} failed`)
    for (const line of wrong) console.log(`  ${line}`)
    console.log('the end of its log:')
    for (const line of log.slice(-40)) console.log(`  ${line}`)
    console.log(`replay: npm run simulate -- --from ${seed} --count 1`)
  }
  console.log(`seeds ${count}, failed ${failed}`)
  return failed
}
