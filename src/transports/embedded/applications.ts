import { groupRights } from '../../core/groups'
import type { GroupApplication, GroupId, Page, UserId } from '../../model'
import { makeCursor, readCursor } from './caller'
import type { SignIn } from './caller'
import { groupConversationId } from './conversationIds'
import { LIMITS } from './limits'
import type { Change } from './log'
import { requireGroup } from './members'
import { refusals } from './refusals'
import type { ApplicationRow } from './rows'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

/** Somebody asks to come in, or is proposed; a newer wish takes the place of one that still waits. */
export async function putApplication(
  change: Change,
  groupId: GroupId,
  userId: UserId,
  more: Pick<GroupApplication, 'kind' | 'byId' | 'wording'>,
): Promise<void> {
  const id = JSON.stringify([groupId, userId, change.incarnation()])
  const application = { id, groupId, userId, state: 'pending', at: change.at, ...more } as const
  await put(change, { groupId, userId, application })
}

/** Whoever is in by now, whichever way, asks no more. */
export async function settleApplication(change: Change, groupId: GroupId, userId: UserId): Promise<void> {
  const row = await change.get('groupApplications', [groupId, userId])
  if (row?.application.state !== 'pending') return
  await put(change, { ...row, application: { ...row.application, state: 'accepted' } })
}

async function put(change: Change, row: ApplicationRow): Promise<void> {
  const { groupId, userId, application } = row
  await change.put('groupApplications', row)
  const concerned = application.byId === undefined ? [userId] : [userId, application.byId]
  change.tell(
    { conversationId: groupConversationId(groupId), userIds: concerned },
    { kind: 'application', groupId, userId },
  )
}

/** The application that an id names, while it waits for an answer; and only for whoever may give it. */
export async function requirePending(
  reading: Reading,
  userId: UserId,
  applicationId: unknown,
): Promise<ApplicationRow> {
  const [groupId, applicantId] = partsOf(applicationId)
  const row = await reading.get('groupApplications', [groupId, applicantId])
  if (!row) throw refusals.noSuchApplication()
  if (!(await mayAnswer(reading, row, userId))) throw refusals.noRight()
  if (row.application.id !== applicationId || row.application.state !== 'pending') {
    throw refusals.applicationHandled()
  }
  await requireGroup(reading, groupId)
  return row
}

/** Says no. */
export async function refuseApplication(change: Change, row: ApplicationRow): Promise<void> {
  await put(change, { ...row, application: { ...row.application, state: 'refused' } })
}

function partsOf(applicationId: unknown): readonly [GroupId, UserId] {
  try {
    const parts: unknown = typeof applicationId === 'string' ? JSON.parse(applicationId) : undefined
    if (Array.isArray(parts) && typeof parts[0] === 'string' && typeof parts[1] === 'string') {
      return [parts[0], parts[1]]
    }
  } catch {
    // Falls through: no application of this service is called that.
  }
  throw refusals.noSuchApplication()
}

/** True for those who decide: whoever is invited does so himself. */
function mayAnswer(reading: Reading, row: ApplicationRow, userId: UserId): Promise<boolean> {
  if (row.application.kind === 'invites-me') return Promise.resolve(row.userId === userId)
  return leads(reading, row.groupId, userId)
}

/** True for those who decide who comes into a group. */
async function leads(reading: Reading, groupId: GroupId, userId: UserId): Promise<boolean> {
  const group = await reading.get('groups', groupId)
  const member = await reading.get('members', [groupConversationId(groupId), userId])
  return group !== undefined && groupRights(group.type, member?.role ?? 'outsider').canApprove
}

/** An application as long as the user has to do with it. */
export async function shownApplication(
  reading: Reading,
  groupId: GroupId,
  applicantId: UserId,
  userId: UserId,
): Promise<GroupApplication | undefined> {
  const row = await reading.get('groupApplications', [groupId, applicantId])
  if (!row) return undefined
  const isConcerned = applicantId === userId || row.application.byId === userId
  return isConcerned || (await leads(reading, groupId, userId)) ? row.application : undefined
}

/** What waits for this user's answer, and what has been answered: his own invitations, then group by group. */
export async function listApplications(
  reading: Reading,
  user: SignIn,
  cursor: string | undefined,
): Promise<Page<GroupApplication>> {
  const from = cursor === undefined ? 0 : Number(readCursor(user, 'applications', cursor))
  const memberships = await reading.range('memberships', startingWith(user.userId))
  const invitations = await reading.range('groupApplications', {})
  const all = invitations
    .filter(({ userId, application }) => userId === user.userId && application.kind === 'invites-me')
    .map((row) => row.application)
  const prefix = groupConversationId('')
  for (const { conversationId } of memberships) {
    const groupId = conversationId.slice(prefix.length)
    if (!conversationId.startsWith(prefix) || !(await leads(reading, groupId, user.userId))) continue
    const rows = await reading.range('groupApplications', startingWith(groupId))
    all.push(...rows.map((row) => row.application))
  }
  const items = all.slice(from, from + LIMITS.pageSize)
  const next = from + items.length
  return next >= all.length ? { items } : { items, next: makeCursor(user, 'applications', String(next)) }
}
