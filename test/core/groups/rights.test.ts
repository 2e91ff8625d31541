import { describe, expect, it } from 'vitest'
import { groupRights, groupRules, invitationOf, joiningOf, outranks } from '../../../src/core/groups'
import type { GroupRole } from '../../../src/core/groups'
import type { GroupType, Openness } from '../../../src/model'
import { POWERS, RULES } from './rightsFixture'

const TYPES: readonly GroupType[] = ['work', 'public', 'meeting', 'live', 'community']
const LETTERS: Readonly<Record<GroupRole, string>> = { owner: 'o', admin: 'a', member: 'm', outsider: 'x' }
const ROLES = Object.keys(LETTERS) as readonly GroupRole[]

describe('The rights in a group', () => {
  const cells = TYPES.flatMap((type) => ROLES.map((role) => [type, role] as const))

  it.each(cells)('of type %s are for the %s what is asked for', (type, role) => {
    const powers = Object.entries(POWERS).map(([power, who]) => [power, who[type].includes(LETTERS[role])])
    const rules = Object.entries(RULES).map(([rule, values]) => [rule, values[type]])
    expect(groupRights(type, role)).toEqual(Object.fromEntries([...powers, ...rules]))
  })

  it.each(TYPES)('of type %s rest on rules that anybody can ask for', (type) => {
    expect(groupRights(type, 'owner')).toMatchObject(groupRules(type))
  })
})

describe('Ranks', () => {
  it('put nobody above his equal', () => {
    const above = ROLES.flatMap((one) =>
      ROLES.filter((other) => outranks(one, other)).map((other) => [one, other]),
    )
    expect(above).toEqual([
      ['owner', 'admin'],
      ['owner', 'member'],
      ['owner', 'outsider'],
      ['admin', 'member'],
      ['admin', 'outsider'],
      ['member', 'outsider'],
    ])
  })
})

describe('The door', () => {
  it.each<[GroupType, Openness | undefined, Openness]>([
    ['work', 'free', 'closed'],
    ['public', undefined, 'approval'],
    ['public', 'closed', 'closed'],
    ['meeting', 'approval', 'free'],
    ['community', 'approval', 'approval'],
  ])('of type %s set to %s stands %s', (type, joining, stands) => {
    expect(joiningOf({ type, ...(joining && { joining }) })).toBe(stands)
  })

  it.each<[GroupType, Openness | undefined, GroupRole, Openness]>([
    ['work', 'closed', 'member', 'free'],
    ['public', undefined, 'member', 'approval'],
    ['public', 'closed', 'member', 'closed'],
    ['public', 'closed', 'admin', 'free'],
    ['meeting', undefined, 'member', 'closed'],
    ['meeting', undefined, 'owner', 'free'],
    ['live', 'free', 'owner', 'closed'],
    ['community', 'free', 'outsider', 'closed'],
  ])('of type %s with invitations %s answers an invitation by the %s with %s', (type, inviting, role, is) => {
    expect(invitationOf({ type, ...(inviting && { inviting }) }, role)).toBe(is)
  })
})
