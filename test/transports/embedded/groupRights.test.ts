import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GroupRole } from '../../../src/core/groups'
import type { GroupsFacet } from '../../../src/core/ports'
import { isChatError } from '../../../src/model'
import type { GroupType, Message } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { POWERS } from '../../core/groups/rightsFixture'
import { visitAll } from './visit'
import type { Visit } from './visit'

const TYPES: readonly GroupType[] = ['work', 'public', 'meeting', 'live', 'community']
const LETTERS: Readonly<Record<GroupRole, string>> = { owner: 'o', admin: 'a', member: 'm', outsider: 'x' }
const ROLES = Object.keys(LETTERS) as readonly GroupRole[]

let service: EmbeddedService
let people: Readonly<Record<GroupRole | 'other' | 'newcomer', Visit>>

beforeAll(async () => {
  service = createEmbeddedService({ name: 'group-rights', storage: 'memory' })
  people = await visitAll(service, [...ROLES, 'other', 'newcomer'])
})
afterAll(() => service.close())

interface Scene {
  readonly groupId: string
  readonly conversationId: string
  readonly actor: Visit
  readonly groups: Required<GroupsFacet>
  /** What somebody else than the actor has said. */
  readonly said: Message
}

/** A group with one of each role, and somebody more who is a plain member. */
async function sceneOf(type: GroupType, role: GroupRole): Promise<Scene> {
  const owner = people.owner.transport.groups!
  const joining = type === 'public' ? 'free' : undefined
  const memberIds = type === 'live' ? [] : ['admin', 'member', 'other']
  const { group } = await owner.create({ type, name: type, ...(joining && { joining }) }, memberIds)
  if (type === 'live') {
    for (const id of ['admin', 'member', 'other'] as const) await people[id].transport.groups!.join(group.id)
  }
  if (POWERS['canSetAdmins']?.[type] === 'o') await owner.setRole!(group.id, ['admin'], 'admin')
  const { id: conversationId } = await people.other.transport.conversations.open({ groupId: group.id })
  const said = await people.other.say(conversationId, 'hello')
  const actor = people[role]
  const groups = actor.transport.groups as Required<GroupsFacet>
  return { groupId: group.id, conversationId, actor, groups, said }
}

const ACTS: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  canJoin: ({ groups, groupId }) => groups.join(groupId),
  canInvite: ({ groups, groupId }) => groups.invite(groupId, ['newcomer']),
  canKick: ({ groups, groupId }) => groups.kick(groupId, ['other']),
  canSetAdmins: ({ groups, groupId }) => groups.setRole(groupId, ['other'], 'admin'),
  canTransfer: ({ groups, groupId }) => groups.transfer(groupId, 'other'),
  canMute: ({ groups, groupId }) => groups.setMuted(groupId, ['other'], 'forever'),
  canMuteAll: ({ groups, groupId }) => groups.update({ id: groupId, isMuted: true }),
  canRecallOthers: ({ actor, said }) => actor.transport.messages.recall!(said),
  canMentionAll: ({ actor, conversationId }) =>
    actor.say(conversationId, 'all', { mentions: { userIds: [], isAll: true } }),
  canEditProfile: ({ groups, groupId }) => groups.update({ id: groupId, name: 'new' }),
  canEditSettings: ({ groups, groupId }) => groups.update({ id: groupId, joining: 'free' }),
  canDissolve: ({ groups, groupId }) => groups.dissolve(groupId),
  canQuit: ({ groups, groupId }) => groups.quit(groupId),
  canReadMembers: ({ groups, groupId }) => groups.members(groupId, {}),
}

/** With what a call is refused; nearly always with "no right". */
function codeOf(power: string, type: GroupType, role: GroupRole): string | number {
  const isIn = role !== 'outsider'
  if (power === 'canJoin') return isIn ? 10013 : 8508
  if (power === 'canQuit' && role === 'owner') return 10009
  if (power === 'canMentionAll' && isIn) return 'no-mention-all'
  if (power === 'canReadMembers' && isIn && type === 'live') return 'unsupported'
  return 10007
}

describe.each(TYPES)('In a group of type %s', (type) => {
  const hasAdmins = POWERS['canSetAdmins']?.[type] === 'o'
  const roles = ROLES.filter((role) => role !== 'admin' || hasAdmins)
  const cells = roles.flatMap((role) => Object.entries(ACTS).map(([power, act]) => ({ role, power, act })))
  // Where members can only propose somebody, a plain member's invitation waits, which is a success here.
  const isClosedToMembers = (power: string, role: GroupRole) =>
    power === 'canInvite' && role === 'member' && (type === 'meeting' || type === 'community')

  it.each(cells)('the $role gets what $power says', async ({ role, power, act }) => {
    const scene = await sceneOf(type, role)
    const isAllowed = POWERS[power]?.[type].includes(LETTERS[role]) && !isClosedToMembers(power, role)
    const outcome = await act(scene).then(
      () => 'done',
      (error: unknown) => (isChatError(error) ? error.code : error),
    )
    expect(outcome).toBe(isAllowed ? 'done' : codeOf(power, type, role))
  })
})
