import type { Group, GroupId, Member } from '../../../model'
import { BrokenRule } from '../ensure'
import type { Person } from '../person'

/** A group as somebody has it now. */
export async function groupOf({ transport }: Person, groupId: GroupId): Promise<Group | undefined> {
  return (await transport.groups?.fetch([groupId]))?.find(({ id }) => id === groupId)
}

/** All members, page by page. */
export async function membersOf({ transport }: Person, groupId: GroupId): Promise<readonly Member[]> {
  const members: Member[] = []
  let cursor: string | undefined
  for (let turns = 0; turns < 100; turns++) {
    const page = await transport.groups?.members(groupId, {}, cursor)
    members.push(...(page?.items ?? []))
    cursor = page?.next
    if (cursor === undefined) return members
  }
  throw new BrokenRule('the list of members does not end')
}

/** One member, if he is one. */
export async function memberOf(
  person: Person,
  groupId: GroupId,
  userId: string,
): Promise<Member | undefined> {
  return (await membersOf(person, groupId)).find((member) => member.userId === userId)
}
