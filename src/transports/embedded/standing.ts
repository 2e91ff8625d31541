import type { SessionState, UserId } from '../../model'
import type { Engine } from './engine'
import type { Change } from './log'
import { refusals } from './refusals'
import type { DeviceSlot, LogOp, UserRow } from './rows'
import type { DeviceKind, SignInPolicy } from './rules'
import type { Reading } from './storage/storage'

/** Who signs in from where. */
export interface Arrival {
  readonly userId: UserId
  readonly signInId: string
  readonly device: DeviceKind
  /** Absent: every sign-in is a device of its own. */
  readonly deviceId?: string | undefined
}
/** The news a session hears about its own standing. */
export type StandingOp = LogOp & { readonly kind: 'standing' }
/** Who ended a session. */
export type KickedBy = (SessionState & { state: 'kicked' })['by']

/** Lets a device in, into the place that the policy gives it; whoever had the place hears of it. */
export async function admit(engine: Engine, arrival: Arrival): Promise<void> {
  const { userId, signInId, deviceId = signInId } = arrival
  const slot = slotOf(engine.rules.signIn, arrival.device)
  const user = await engine.read((reading) => requireUser(reading, userId))
  // He may have been banned while he was looking for his credentials.
  if (user.standing?.isBanned) throw refusals.banned()
  if (slot === undefined) return
  await engine.write(async (change) => {
    const user = await requireUser(change, userId)
    const others = (user.standing?.slots ?? []).filter((taken) => taken.slot !== slot)
    const standing = { ...user.standing, slots: [...others, { slot, signInId, deviceId }] }
    await change.put('users', { ...user, standing })
    tellStanding(change, userId, { what: 'signed-in' })
  })
}

/** True when a newer sign-in from another device has the place by now. */
export async function isReplaced(engine: Engine, arrival: Arrival): Promise<boolean> {
  const slot = slotOf(engine.rules.signIn, arrival.device)
  const user = await engine.read((reading) => reading.get('users', arrival.userId))
  const holder = user?.standing?.slots?.find((taken) => taken.slot === slot)
  const { signInId, deviceId = signInId } = arrival
  return holder !== undefined && holder.signInId !== signInId && holder.deviceId !== deviceId
}

/** Lets a user in no more, or again; whoever is signed in as him is put out. */
export async function putBan(change: Change, userId: UserId, isBanned: boolean): Promise<void> {
  const user = await requireUser(change, userId)
  const { isBanned: _former, ...standing } = user.standing ?? {}
  await change.put('users', {
    ...user,
    standing: { ...standing, ...(isBanned && { isBanned: true as const }) },
  })
  if (isBanned) tellStanding(change, userId, { what: 'banned' })
}

/** Tells every session of a user what became of it. */
export async function tellSessions(
  change: Change,
  userId: UserId,
  news: Pick<StandingOp, 'what' | 'by'>,
): Promise<void> {
  await requireUser(change, userId)
  tellStanding(change, userId, news)
}

function tellStanding(change: Change, userId: UserId, news: Pick<StandingOp, 'what' | 'by'>): void {
  change.tell({ userIds: [userId] }, { kind: 'standing', userId, ...news })
}

async function requireUser(reading: Reading, userId: UserId): Promise<UserRow> {
  const user = await reading.get('users', userId)
  if (!user) throw refusals.noSuchUser()
  return user
}

/** The place a device takes; undefined where all have room. */
function slotOf(policy: SignInPolicy, device: DeviceKind): DeviceSlot['slot'] | undefined {
  switch (policy) {
    case 'many':
      return undefined
    case 'one':
      return 'any'
    case 'one-per-type':
      return device
    case 'one-phone-one-desktop':
      return device === 'phone' || device === 'tablet' ? 'phone' : 'desktop'
  }
}
