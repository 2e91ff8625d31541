import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Conversation } from '../../../src/model'
import { signIn } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

describe.each(xmppServerNames)('what is set on conversations on %s', (name) => {
  let server: XmppServer
  const users: XmppUser[] = []

  beforeAll(async () => {
    server = await startXmppServer(name)
    await server.register('alice', 'bob', 'carol', 'mallory')
  })
  afterEach(async () => {
    await Promise.all(users.splice(0).map(({ transport }) => transport.disconnect()))
  })
  afterAll(() => server.close())

  async function enter(who: string): Promise<XmppUser> {
    const user = await signIn(server, who)
    users.push(user)
    return user
  }
  const openWith = (user: XmppUser, who: string) =>
    user.transport.conversations.open({ userId: `${who}@${server.domain}` })
  const settingIn = ({ isPinned, notify }: Conversation) => ({ isPinned, notify })
  const heard = (user: XmppUser, id: string) =>
    user
      .told('conversation.changed')
      .flatMap(({ conversations }) => conversations)
      .findLast((one) => one.id === id && one.isPinned !== undefined)

  it('is known to a second device at once, to a later one from the start, and to a room as well', async () => {
    const [phone, desk] = [await enter('alice'), await enter('alice')]
    const { id } = await openWith(phone, 'bob')
    const { group } = await phone.transport.groups!.create({ type: 'work', name: 'Trail' }, [])
    const room = (await phone.transport.conversations.open({ groupId: group.id })).id
    await phone.transport.conversations.setPinned!(id, true)
    await phone.transport.conversations.setNotify!([id, room], 'none')
    await desk.until(() => heard(desk, id)?.isPinned === true && heard(desk, id)?.notify === 'none')
    await desk.until(() => heard(desk, room)?.notify === 'none')

    const later = await enter('alice')
    expect(settingIn(await openWith(later, 'bob'))).toEqual({ isPinned: true, notify: 'none' })
    const { items } = await later.transport.conversations.list()
    expect(items.find((one) => one.id === room)).toMatchObject({ isPinned: false, notify: 'none' })

    await later.transport.conversations.setPinned!(id, false)
    await later.transport.conversations.setNotify!([id], 'mentions')
    await phone.until(() => heard(phone, id)?.notify === 'mentions' && heard(phone, id)?.isPinned === false)
    await later.transport.conversations.setNotify!([id, room], 'all')
    await phone.until(() => heard(phone, id)?.notify === 'all' && heard(phone, room)?.notify === 'all')
  })

  it('is told after an absence, and is nobody else’s to set or to see', async () => {
    const away = await enter('alice')
    const { id } = await openWith(away, 'carol')
    await server.kill()
    await away.untilState('reconnecting')
    await server.restart()
    const here = await enter('alice')
    await here.transport.conversations.setPinned!(id, true)
    away.transport.hint?.('network-up')
    await away.untilState('online')
    await away.until(() => heard(away, id)?.isPinned === true)

    const mallory = await enter('mallory')
    expect(settingIn(await openWith(mallory, 'carol'))).toEqual({ isPinned: false, notify: 'all' })
    expect(away.told('wire.rejected')).toEqual([])
    await here.transport.conversations.setPinned!(id, false)
  })
})
