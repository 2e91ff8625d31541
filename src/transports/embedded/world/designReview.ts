import type { UserId } from '../../../model'
import { speaks } from './people'
import type { WorldRandom } from './random'
import { DAY_MS, type Rhythm } from './schedule'
import { SceneWriter } from './scenes'
import { reviewWords } from './themes/reviewWords'
import { reviewWordsLocal } from './themes/reviewWordsLocal'
import { reviewPhrasesEn, reviewScenesEn } from './themes/reviewScenesEn'
import { reviewPhrasesMixed, reviewScenesMixed } from './themes/reviewScenesMixed'
import { reviewPhrasesZh, reviewScenesZh } from './themes/reviewScenesZh'
import type { Session, Turn } from './turn'

const POOLS = {
  ...reviewWords,
  ...reviewWordsLocal,
  ...reviewPhrasesEn,
  ...reviewPhrasesZh,
  ...reviewPhrasesMixed,
}
const SPAN_DAYS = 182
const MESSAGE_COUNT = 5_800
const PICTURE_COUNT = 44
const OFFICE_DAY_MS = 8 * 3_600_000

/** Half a year of a team talking about its work: office days, some of them busy, some silent. */
export function designReviewSessions(
  members: readonly UserId[],
  random: WorldRandom,
  rhythm: Rhythm,
): Session[] {
  const writer = new SceneWriter([...reviewScenesEn, ...reviewScenesZh, ...reviewScenesMixed], POOLS, random)
  const days = officeDays(random, rhythm)
  const weightSum = days.reduce((sum, day) => sum + day.weight, 0)
  let written = 0
  let shown = 0
  let due = 0
  return days.map((day, at) => {
    due += (MESSAGE_COUNT * day.weight) / weightSum
    const scenes: Turn[][] = []
    while (written < due) {
      const turns = writer.next({ members, speaks }, shown <= (written / MESSAGE_COUNT) * PICTURE_COUNT)
      if (turns.length === 0) break
      written += turns.length
      shown += turns.filter((turn) => turn.picture !== undefined).length
      scenes.push(turns)
    }
    const before = days[at - 1]
    return { gapDays: before === undefined ? 1 : before.age - day.age, turns: spreadOverDay(scenes, random) }
  })
}

/** The days with talk, oldest first, by how many days ago they were. */
function officeDays(random: WorldRandom, rhythm: Rhythm): { age: number; weight: number }[] {
  const days: { age: number; weight: number }[] = []
  for (let age = SPAN_DAYS; age >= 1; age--) {
    const weekday = new Date(rhythm.endsAt + rhythm.zoneOffsetMs - age * DAY_MS).getUTCDay()
    const isWeekend = weekday === 0 || weekday === 6
    if (age > 1 && random.chance(isWeekend ? 0.9 : 0.1)) continue
    days.push({ age, weight: isWeekend ? 0.2 : 0.4 + random.next() * random.next() * 2.4 })
  }
  return days
}

function spreadOverDay(scenes: readonly (readonly Turn[])[], random: WorldRandom): Turn[] {
  const meanPauseMs = OFFICE_DAY_MS / Math.max(6, scenes.length)
  return scenes.flatMap((turns, at) =>
    turns.map((turn, place) =>
      at > 0 && place === 0
        ? { ...turn, pauseMs: Math.round(meanPauseMs * (0.15 + random.next() * 1.2)) }
        : turn,
    ),
  )
}
