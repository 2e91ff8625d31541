import type { EpochMs, UserId } from '../../../model'
import { designReviewSessions } from './designReview'
import { FRIEND_REQUESTS, FRIENDSHIPS, PEOPLE, speaks } from './people'
import { createWorldRandom, type WorldRandom } from './random'
import { DAY_MS, scheduleTurns } from './schedule'
import { SceneWriter } from './scenes'
import { readScript } from './script'
import { DIRECTS, GROUPS, LIVE_ROOMS, type GroupPlan, type TalkPlan } from './themes/index'
import { toMessage, type Session } from './turn'
import type { World, WorldConversation, WorldGroup } from './world'

const MINUTE_MS = 60_000

/** What a world depends on: the same options give the same world. */
export interface WorldOptions {
  /** Decides every choice: a whole number. */
  readonly seed: number
  /** The moment at which the world is looked at: its newest messages lie shortly before. */
  readonly nowAt: EpochMs
  /** How far the viewer's clock is ahead of UTC, so that offices work by day; UTC when absent. */
  readonly zoneOffsetMs?: number
}

/** Writes the people, groups and conversations that an embedded service shows before anybody has typed a word. */
export function createWorld(options: WorldOptions): World {
  const random = createWorldRandom(options.seed)
  const directs = DIRECTS.map((plan) => {
    const talk = createTalk(plan, plan.between, random.fork(plan.between.join()), options)
    return { between: plan.between, ...talk }
  })
  const groups = GROUPS.map((plan) => ({
    groupId: plan.id,
    ...createTalk(plan, plan.members, random.fork(plan.id), options),
  }))
  return {
    people: PEOPLE,
    friendships: FRIENDSHIPS,
    friendRequests: FRIEND_REQUESTS.map(({ hoursAgo, ...request }) => ({
      ...request,
      askedAt: options.nowAt - hoursAgo * 60 * MINUTE_MS,
    })),
    groups: [
      ...GROUPS.map((plan) => createGroup(plan, options.nowAt)),
      ...LIVE_ROOMS.map((plan) => createLiveRoom(plan, options.nowAt)),
    ],
    conversations: [...directs, ...groups],
  }
}

function createTalk(
  plan: TalkPlan,
  members: readonly UserId[],
  random: WorldRandom,
  options: WorldOptions,
): Pick<WorldConversation, 'messages' | 'readCounts'> {
  const { nowAt, zoneOffsetMs = 0 } = options
  const rhythm = {
    endsAt: nowAt - plan.ageMinutes * MINUTE_MS,
    hours: plan.hours ?? [8.5, 16],
    zoneOffsetMs,
  } as const
  const written = plan.script === undefined ? [] : readScript(plan.script)
  const played =
    plan.isDesignReview === true
      ? designReviewSessions(members, random, rhythm)
      : playSessions(plan, members, random)
  const sessions = [...played, ...written]
  const times = scheduleTurns(sessions, rhythm, random)
  const messages = sessions
    .flatMap((session) => session.turns)
    .map((turn, at) => toMessage(turn, times[at] ?? nowAt))
  if (plan.unread === undefined) return { messages }
  const readCounts = members.map((id) => [id, messages.length - (plan.unread?.[id] ?? 0)] as const)
  return { messages, readCounts: Object.fromEntries(readCounts) }
}

/** Days of small talk before the written part; a few scenes a day. */
function playSessions(plan: TalkPlan, members: readonly UserId[], random: WorldRandom): Session[] {
  const { scenes } = plan
  if (scenes === undefined) return []
  const writer = new SceneWriter(scenes.scenes, scenes.pools, random)
  const sessions: Session[] = []
  for (let count = 0; count < scenes.count;) {
    const today = Array.from({ length: random.between(1, 3) }, (_, scene) =>
      writer
        .next({ members, speaks }, true)
        .map((turn, at) =>
          scene > 0 && at === 0 ? { ...turn, pauseMs: random.between(15, 110) * MINUTE_MS } : turn,
        ),
    ).flat()
    if (today.length === 0) break
    sessions.push({ gapDays: random.between(1, 3), turns: today })
    count += today.length
  }
  return sessions
}

/** Its audience comes and goes; only its host is always there. */
function createLiveRoom({ ownerId, ...room }: (typeof LIVE_ROOMS)[number], nowAt: EpochMs): WorldGroup {
  const members = [{ userId: ownerId, role: 'owner' }] as const
  return { ...room, type: 'live', joining: 'free', createdAt: nowAt - DAY_MS, members }
}

function createGroup(plan: GroupPlan, nowAt: EpochMs): WorldGroup {
  const [ownerId] = plan.members
  return {
    id: plan.id,
    type: plan.type,
    name: plan.name,
    ...(plan.intro === undefined ? {} : { intro: plan.intro }),
    ...(plan.announcement === undefined ? {} : { announcement: plan.announcement }),
    joining: plan.joining ?? 'approval',
    createdAt: nowAt - 400 * DAY_MS,
    members: plan.members.map((userId) => {
      const role = userId === ownerId ? 'owner' : plan.admins?.includes(userId) === true ? 'admin' : 'member'
      const nameCard = plan.nameCards?.[userId]
      return nameCard === undefined ? { userId, role } : { userId, role, nameCard }
    }),
  }
}
