import { groupRights } from '../../core/groups'
import { foldText } from '../../core/text'
import type { Group, Page } from '../../model'
import { makeCursor, readCursor } from './caller'
import type { SignIn } from './caller'
import { checkedLine } from './checkedValues'
import { groupsOf } from './events'
import { FIELD_BYTES } from './limits'
import type { Reading } from './storage/storage'

const FOUND_SIZE = 20

/**
 * The groups whose id is the text or whose name holds it, by id. Nobody finds groups that one cannot ask to come into: they
 * are their members' own matter.
 */
export async function findGroups(
  reading: Reading,
  user: SignIn,
  text: unknown,
  cursor: string | undefined,
): Promise<Page<Group>> {
  const given = checkedLine(text, 'the text', FIELD_BYTES.label).trim()
  const wanted = foldText(given)
  const after = cursor === undefined ? undefined : readCursor(user, 'found-groups', cursor)
  if (wanted === '') return { items: [] }
  const found = (await reading.range('groups', {})).filter(
    ({ id, name, type, isDissolved }) =>
      !isDissolved &&
      (after === undefined || id > after) &&
      groupRights(type, 'outsider').canJoin &&
      (id === given || foldText(name).includes(wanted)),
  )
  const ids = found.slice(0, FOUND_SIZE).map(({ id }) => id)
  const last = ids.at(-1)
  return {
    items: await groupsOf(reading, user.userId, ids),
    ...(last !== undefined && ids.length < found.length && { next: makeCursor(user, 'found-groups', last) }),
  }
}
