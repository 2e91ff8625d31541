import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GroupsFacet } from '../../../src/core/ports'
import type { Group } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { visit } from './visit'
import type { Visit } from './visit'

let service: EmbeddedService
let alice: Visit
let bob: Visit
let carol: Visit

beforeEach(async () => {
  service = createEmbeddedService({ name: 'invitations', storage: 'memory', invitees: 'asked' })
  for (const id of ['alice', 'bob', 'carol']) await service.addUser({ id, name: id })
  alice = await visit(service, 'alice')
  bob = await visit(service, 'bob')
  carol = await visit(service, 'carol')
})
afterEach(() => service.close())

const of = (person: Visit) => person.transport.groups as Required<GroupsFacet>

/** Alice's group with bob as an admin, who has asked carol in; her invitation. */
async function invited(inviting: NonNullable<Group['inviting']> = 'approval') {
  const { group } = await of(alice).create({ type: 'public', name: 'Trail', joining: 'closed', inviting }, [
    'bob',
  ])
  const [his] = (await of(bob).applications()).items
  await of(bob).answer(his!.id, 'accept')
  await of(alice).setRole(group.id, ['bob'], 'admin')
  expect(await of(bob).invite(group.id, ['carol'])).toMatchObject({ pending: ['carol'] })
  const [hers] = (await of(carol).applications()).items
  expect(hers).toMatchObject({ kind: 'invites-me', byId: 'bob' })
  return { groupId: group.id, invitationId: hers!.id }
}
const gone = { domain: 'parley', code: 'inviter-gone' }
const withoutRight = { domain: 'parley', code: 'inviter-without-right' }

describe('An invitation', () => {
  it.each([
    ['was put out', gone, (id: string) => of(alice).kick(id, ['bob'])],
    ['was banned', gone, (id: string) => of(alice).setBanned(id, ['bob'], 'forever')],
    ['has left', gone, (id: string) => of(bob).quit(id)],
    ['is no admin any more', withoutRight, (id: string) => of(alice).setRole(id, ['bob'], 'member')],
  ])('does not count once who gave it %s', async (_how, refusal, end) => {
    const { groupId, invitationId } = await invited()
    await end(groupId)
    await expect(of(carol).answer(invitationId, 'accept')).rejects.toMatchObject(refusal)
    expect((await of(carol).list()).items).toEqual([])
    // To say no to it is always possible.
    await of(carol).answer(invitationId, 'refuse')
  })

  it('counts as long as who gave it may give it, whatever he is', async () => {
    const { groupId, invitationId } = await invited('free')
    await of(alice).setRole(groupId, ['bob'], 'member')
    await of(carol).answer(invitationId, 'accept')
    expect((await of(carol).list()).items).toMatchObject([{ id: groupId }])
  })

  it('counts no more when members may invite nobody since, and again when they may', async () => {
    const { groupId, invitationId } = await invited('free')
    await of(alice).setRole(groupId, ['bob'], 'member')
    await of(alice).update({ id: groupId, inviting: 'closed' })
    await expect(of(carol).answer(invitationId, 'accept')).rejects.toMatchObject(withoutRight)
    await of(alice).update({ id: groupId, inviting: 'free' })
    await of(carol).answer(invitationId, 'accept')
  })

  it('of a former owner counts while he is in the group and may invite', async () => {
    const { group } = await of(alice).create({ type: 'work', name: 'Office' }, ['bob', 'carol'])
    const [his] = (await of(bob).applications()).items
    const [hers] = (await of(carol).applications()).items
    await of(bob).answer(his!.id, 'accept')
    await of(alice).transfer(group.id, 'bob')
    await of(alice).quit(group.id)
    await expect(of(carol).answer(hers!.id, 'accept')).rejects.toMatchObject(gone)
  })
})
