import type { Contact, FriendRequest } from '../../../model'
import { BrokenRule, answerOrRefusal, ensure, ensureSame } from '../ensure'
import { fresh } from '../person'
import type { Person } from '../person'
import type { Cast, Check, Suite } from '../topic'
import { ensureBatch } from './batch'

const SETTLED_AFTER_MS = 300
const NEEDS = [
  'contacts.ask',
  'contacts.answer',
  'contacts.list',
  'contacts.requests',
  'contacts.remove',
  'three users',
] as const

async function contactOf({ transport }: Person, userId: string): Promise<Contact | undefined> {
  return (await all((cursor) => transport.contacts?.list(cursor))).find(
    (contact) => contact.userId === userId,
  )
}

async function requestWith(
  { transport }: Person,
  userId: string,
  direction: FriendRequest['direction'],
): Promise<FriendRequest | undefined> {
  const requests = await all((cursor) => transport.contacts?.requests(cursor))
  return requests.find((it) => it.userId === userId && it.direction === direction && it.state === 'pending')
}

async function all<T>(
  read: (cursor?: string) => Promise<{ readonly items: readonly T[]; readonly next?: string }> | undefined,
): Promise<readonly T[]> {
  const items: T[] = []
  let cursor: string | undefined
  for (let turns = 0; turns < 100; turns++) {
    const page = await read(cursor)
    items.push(...(page?.items ?? []))
    cursor = page?.next
    if (cursor === undefined) return items
  }
  throw new BrokenRule('the list does not end')
}

/** The first and the third, who begin as strangers. */
async function strangers({ one, three }: Cast): Promise<readonly [Person, Person]> {
  const [a, b] = [await one(), await three()]
  await part(a, b)
  return [a, b]
}

async function part(a: Person, b: Person): Promise<void> {
  let hasParted = false
  for (const [person, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const isContact = (await contactOf(person, other.userId)) !== undefined
    if (isContact) await person.transport.contacts?.remove([other.userId])
    hasParted ||= isContact
    await person.hears(
      `${other.userId} is no contact of ${person.userId}`,
      async () => !(await contactOf(person, other.userId)) || undefined,
    )
  }
  // What one's own backend has done may be on its way to the other's, and would undo the question that follows.
  if (hasParted) await new Promise((resolve) => setTimeout(resolve, SETTLED_AFTER_MS))
}

/** Both in each other's list, by whatever it takes. */
async function friends(cast: Cast): Promise<readonly [Person, Person]> {
  const [a, b] = [await cast.one(), await cast.three()]
  if (!(await contactOf(a, b.userId)) || !(await contactOf(b, a.userId))) {
    await part(a, b)
    await befriend(a, b)
  }
  return [a, b]
}

async function befriend(a: Person, b: Person): Promise<void> {
  const outcome = await a.transport.contacts?.ask({ userId: b.userId }, fresh('hello'))
  if (outcome === 'pending') {
    const request = await b.hears('the request comes', () => requestWith(b, a.userId, 'in'))
    await b.transport.contacts?.answer(request.id, 'accept-and-add')
  }
  await areFriends(a, b)
}

/** Waits until each has the other: until then what makes them friends is under way, and a parting would meet it. */
async function areFriends(a: Person, b: Person): Promise<void> {
  for (const [person, other] of [
    [a, b],
    [b, a],
  ] as const) {
    await person.hears(
      `${other.userId} is a contact of ${person.userId}`,
      async () => (await contactOf(person, other.userId)) && true,
    )
  }
}

/** Friends, requests and the blocklist. */
export function contactChecks(suite: Suite): void {
  suite.topic('Contacts', (check) => {
    requestChecks(check)
    contactListChecks(check)
    blockChecks(check)
  })
}

function requestChecks(check: Check): void {
  for (const wording of ['hello', '<b>&amp;</b> "it\'s me"', '你好,我是新同事 😀', 'شكرا']) {
    check('H1, B1', `carries a request with the words ${wording}`, NEEDS, async (cast) => {
      const [a, b] = await strangers(cast)
      const outcome = await a.transport.contacts?.ask({ userId: b.userId }, wording)
      ensure(outcome === 'added' || outcome === 'pending', `ask answers '${outcome}'`)
      if (outcome === 'added') return
      const request = await b.hears('the request is in the list', () => requestWith(b, a.userId, 'in'))
      ensure(
        request.wording === undefined || request.wording === wording,
        `the words came as "${request.wording}"`,
      )
      await b.hears(
        'the request is told',
        () =>
          b
            .told('friendRequest.changed')
            .some(({ requests }) => requests.some((it) => it.userId === a.userId && it.direction === 'in')) ||
          undefined,
      )
      await b.transport.contacts?.answer(request.id, 'accept-and-add')
      await areFriends(a, b)
    })
  }
  check('H1', 'shows whoever asked that he has asked', NEEDS, async (cast) => {
    const [a, b] = await strangers(cast)
    if ((await a.transport.contacts?.ask({ userId: b.userId }, 'hello')) === 'added') return
    await a.hears('it is among the requests', () => requestWith(a, b.userId, 'out'))
    const request = await b.hears('the request comes', () => requestWith(b, a.userId, 'in'))
    await b.transport.contacts?.answer(request.id, 'accept-and-add')
    await a.hears('it is pending no more', async () => !(await requestWith(a, b.userId, 'out')) || undefined)
    await areFriends(a, b)
  })
  check('H1', 'brings a request to somebody who was away', NEEDS, async (cast) => {
    const [a, b] = await strangers(cast)
    await b.leave()
    const outcome = await a.transport.contacts?.ask({ userId: b.userId }, 'while you were away')
    const back = await cast.arrive(b.userId)
    b.transport.connect(b.connectOptions)
    await b.hears('he is back', () => b.transport.session().state === 'online' || undefined)
    if (outcome === 'added') return
    const request = await back.hears('the request is there', () => requestWith(back, a.userId, 'in'))
    await back.transport.contacts?.answer(request.id, 'accept-and-add')
    await areFriends(a, back)
  })
  check('H1', 'makes friends of both', NEEDS, async (cast) => {
    const [a, b] = await strangers(cast)
    await befriend(a, b)
  })
  check('H1', 'tells both of the new contact', NEEDS, async (cast) => {
    const [a, b] = await strangers(cast)
    await befriend(a, b)
    for (const [person, other] of [
      [a, b],
      [b, a],
    ] as const) {
      await person.hears(
        `contact.changed tells ${person.userId}`,
        () =>
          person
            .told('contact.changed')
            .some(({ contacts }) => contacts.some(({ userId }) => userId === other.userId)) || undefined,
      )
    }
  })
  check('K2', 'refuses to answer a request that is none', NEEDS, async ({ one }) => {
    const { transport } = await one()
    await answerOrRefusal(() => transport.contacts?.answer('no such request', 'accept'), 'answer')
  })
  check('H1', 'answers for whoever asks himself or nobody', NEEDS, async ({ one }) => {
    const { transport, userId } = await one()
    await answerOrRefusal(() => transport.contacts?.ask({ userId }), 'asking oneself')
    await answerOrRefusal(() => transport.contacts?.ask({ userId: '' }), 'asking nobody')
  })
  check('H1', 'marks requests as read', ['contacts.markRequestsRead'], async ({ one }) => {
    await (await one()).transport.contacts?.markRequestsRead?.()
  })
  check('H1', 'deletes a request', [...NEEDS, 'contacts.deleteRequest'], async (cast) => {
    const [a, b] = await strangers(cast)
    if ((await a.transport.contacts?.ask({ userId: b.userId }, 'delete me')) === 'added') return
    const request = await b.hears('the request comes', () => requestWith(b, a.userId, 'in'))
    await b.transport.contacts?.answer(request.id, 'accept-and-add')
    await areFriends(a, b)
    const left = (await all((cursor) => b.transport.contacts?.requests(cursor))).find(
      ({ id }) => id === request.id,
    )
    if (!left) return
    await b.transport.contacts?.deleteRequest?.(left.id)
    await b.hears('it is gone', async () => {
      const requests = await all((cursor) => b.transport.contacts?.requests(cursor))
      return !requests.some(({ id }) => id === left.id) || undefined
    })
  })
}

function contactListChecks(check: Check): void {
  check('H1', 'removes a friend', NEEDS, async (cast) => {
    const [a, b] = await friends(cast)
    ensureBatch(await a.transport.contacts?.remove([b.userId]), [b.userId], 'remove')
    await a.hears('he is gone from the list', async () => !(await contactOf(a, b.userId)) || undefined)
    await a.hears(
      'contact.removed is told',
      () => a.told('contact.removed').some(({ userIds }) => userIds.includes(b.userId)) || undefined,
    )
  })
  check('contract: batches', 'answers for each friend it is to remove', NEEDS, async ({ one }) => {
    const { transport } = await one()
    const id = fresh('nobody').slice(0, 32)
    const { answer } = await answerOrRefusal(() => transport.contacts?.remove([id]), 'remove')
    if (answer) ensureBatch(answer, [id], 'remove')
  })
  for (const remark of ['Dr. <Smith> & Co', '老王']) {
    check('H5, B1', `keeps the remark ${remark}`, [...NEEDS, 'contacts.update'], async (cast) => {
      const [a, b] = await friends(cast)
      await a.transport.contacts?.update?.({ userId: b.userId, remark })
      await a.hears(
        'the list has it',
        async () => (ensureSame((await contactOf(a, b.userId))?.remark, remark, 'the remark'), true),
      )
      ensure((await contactOf(b, a.userId))?.remark !== remark, 'the other one has got the remark')
      await a.transport.contacts?.update?.({ userId: b.userId, remark: null })
      await a.hears('the remark is gone', async () => !(await contactOf(a, b.userId))?.remark || undefined)
    })
  }
  check('H5', 'makes, renames and deletes a folder', [...NEEDS, 'contacts.setFolder'], async (cast) => {
    const [a, b] = await friends(cast)
    const [name, other] = [fresh('f'), fresh('g')]
    const isIn = async (folder: string) => (await contactOf(a, b.userId))?.folders?.includes(folder) ?? false
    ensureBatch(await a.transport.contacts?.setFolder?.(name, [b.userId]), [b.userId], 'setFolder')
    await a.hears('he is in it', async () => (await isIn(name)) || undefined)
    await a.transport.contacts?.setFolder?.(other, [], name)
    await a.hears('he is in the renamed one', async () => (await isIn(other)) || undefined)
    await a.transport.contacts?.setFolder?.(other, [])
    await a.hears('he is in it no more', async () => !(await isIn(other)) || undefined)
  })
  check('H1, A5', 'shows the same friends on another device', [...NEEDS, 'two devices'], async (cast) => {
    const [a, b] = await friends(cast)
    const device = await cast.arrive(a.userId)
    ensure(await contactOf(device, b.userId), 'the other device does not have him')
  })
}

function blockChecks(check: Check): void {
  check('H4', 'blocks and unblocks', ['contacts.setBlocked', 'contacts.blocked'], async ({ one, two }) => {
    const [a, { userId }] = [await one(), await two()]
    for (const isBlocked of [true, false]) {
      ensureBatch(await a.transport.contacts?.setBlocked?.([userId], isBlocked), [userId], 'setBlocked')
      await a.hears(
        `the blocklist ${isBlocked ? 'has' : 'has no more'} him`,
        async () =>
          ((await a.transport.contacts?.blocked?.()) ?? []).includes(userId) === isBlocked || undefined,
      )
    }
  })
  check(
    'H4',
    'brings no message of somebody blocked',
    ['contacts.setBlocked', 'messages.send'],
    async ({ direct }) => {
      const { one, two, oneId, twoId } = await direct()
      await one.transport.contacts?.setBlocked?.([two.userId], true)
      const text = fresh('you do not want this')
      await answerOrRefusal(
        () =>
          two.transport.messages.send({
            conversationId: twoId,
            clientId: fresh('c'),
            parts: [{ kind: 'text', text }],
            delivery: 'stored',
          }),
        'send to one who has blocked',
      )
      await one.transport.contacts?.setBlocked?.([two.userId], false)
      const after = fresh('friends again')
      await one.hears('messages come again', async () => {
        await answerOrRefusal(() => two.say(twoId, after), 'send')
        return one.received().some((it) => JSON.stringify(it.parts).includes(after)) || undefined
      })
      ensure(!JSON.stringify(one.received()).includes(text), 'the message of the blocked one has come')
      ensure(oneId !== '', 'there is a conversation')
    },
  )
  // The last one: whoever has been refused may have to wait a month before he asks again.
  check('H2', 'tells whoever asked that he was refused', NEEDS, async (cast) => {
    const [b, c] = [await cast.two(), await cast.three()]
    await part(b, c)
    const { answer } = await answerOrRefusal(
      () => b.transport.contacts?.ask({ userId: c.userId }, 'please'),
      'ask',
    )
    if (answer !== 'pending') return
    const request = await c.hears('the request comes', () => requestWith(c, b.userId, 'in'))
    await c.transport.contacts?.answer(request.id, 'refuse')
    await b.hears(
      'the refusal is told',
      () =>
        b
          .told('friendRequest.changed')
          .some(({ requests }) =>
            requests.some((it) => it.userId === c.userId && (it.state === 'refused' || it.state === 'gone')),
          ) || undefined,
    )
    ensure(!(await contactOf(b, c.userId)), 'he has become a friend all the same')
    await c.hears(
      'the request is pending no more',
      async () => !(await requestWith(c, b.userId, 'in')) || undefined,
    )
  })
}
