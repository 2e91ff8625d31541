import type { Profile } from '../../../model'
import { answerOrRefusal, ensure, ensureSame } from '../ensure'
import { fresh } from '../person'
import type { Person } from '../person'
import type { Check, Suite } from '../topic'
import { TEXTS } from './texts'

/** Who people are, and who is there. */
export function peopleChecks(suite: Suite): void {
  suite.topic('Profiles', profileChecks)
  suite.topic('Presence', presenceChecks)
}

async function profileOf({ transport }: Person, id: string): Promise<Profile | undefined> {
  return (await transport.profiles?.fetch([id]))?.found.find((profile) => profile.id === id)
}

function profileChecks(check: Check): void {
  check(
    'G2',
    'states how many it can fetch at once and what it pushes',
    ['profiles.fetch'],
    async ({ one }) => {
      const { profiles } = (await one()).transport
      ensure((profiles?.batchSize ?? 0) >= 1, `batchSize is ${profiles?.batchSize}`)
      ensure(['none', 'contacts', 'all'].includes(profiles?.pushes ?? ''), `pushes is ${profiles?.pushes}`)
    },
  )
  check('G1', 'fetches one’s own and another’s', ['profiles.fetch'], async ({ one, two }) => {
    const [me, other] = [await one(), await two()]
    const answer = await me.transport.profiles?.fetch([me.userId, other.userId])
    const answered = [...(answer?.found.map(({ id }) => id) ?? []), ...(answer?.missing ?? [])]
    for (const id of answered)
      ensure([me.userId, other.userId].includes(id), `it answers for "${id}", which was not asked`)
    ensure(!answer?.missing.includes(me.userId), 'it says that one does not exist oneself')
  })
  check('G3', 'says who does not exist, or nothing', ['profiles.fetch'], async ({ one }) => {
    const id = fresh('nobody').slice(0, 32)
    const answer = await (await one()).transport.profiles?.fetch([id])
    ensure(answer && answer.missing.every((it) => it === id), 'it answers for somebody else')
    ensure(
      answer.found.every((it) => it.id === id && it.name === undefined),
      'it makes somebody up',
    )
  })
  check('G2', 'answers for nobody and for one asked twice', ['profiles.fetch'], async ({ one }) => {
    const { transport, userId } = await one()
    ensureSame(await transport.profiles?.fetch([]), { found: [], missing: [] }, 'the answer for nobody')
    const twice = await transport.profiles?.fetch([userId, userId])
    ensure((twice?.found.length ?? 0) <= 1, 'it answers twice for one id')
  })
  check('G2', 'answers for as many as it says at once', ['profiles.fetch'], async ({ one }) => {
    const { transport, userId } = await one()
    const size = Math.min(transport.profiles?.batchSize ?? 1, 200)
    const ids = [userId, ...Array.from({ length: size - 1 }, (_n, i) => `nobody-${i}`)]
    const answer = await transport.profiles?.fetch(ids)
    ensure(
      answer?.found.some(({ id }) => id === userId),
      'the one who exists is not among the answers',
    )
  })
  for (const { about, text } of TEXTS.filter(
    ({ text: name }) => !/[\n\t]/.test(name) && name.length < 80 && name.trim() === name,
  ).slice(5, 25)) {
    check(
      'B1, G4',
      `keeps a name with ${about} as it is`,
      ['profiles.updateOwn', 'profiles.fetch'],
      async ({ one, two }) => {
        const [me, other] = [await one(), await two()]
        const name = text.slice(0, 60)
        await me.transport.profiles?.updateOwn?.({ id: me.userId, name })
        await other.hears(
          'the other one can fetch it',
          async () => (ensureSame((await profileOf(other, me.userId))?.name, name, 'the name'), true),
        )
      },
    )
  }
  check(
    'contract: patches',
    'leaves alone what an update does not name',
    ['profiles.updateOwn', 'profiles.fetch'],
    async ({ one }) => {
      const me = await one()
      const [name, signature] = [fresh('name'), fresh('signature')]
      await me.transport.profiles?.updateOwn?.({ id: me.userId, name })
      const { refusal } = await answerOrRefusal(
        () => me.transport.profiles?.updateOwn?.({ id: me.userId, signature }),
        'updateOwn',
      )
      await me.hears(
        'the name is as it was',
        async () => (ensureSame((await profileOf(me, me.userId))?.name, name, 'the name'), true),
      )
      if (!refusal) ensureSame((await profileOf(me, me.userId))?.signature, signature, 'the signature')
    },
  )
  check(
    'contract: patches',
    'clears what an update sets to null',
    ['profiles.updateOwn', 'profiles.fetch'],
    async ({ one }) => {
      const me = await one()
      const { refusal } = await answerOrRefusal(
        () => me.transport.profiles?.updateOwn?.({ id: me.userId, signature: fresh('signature') }),
        'updateOwn',
      )
      if (refusal) return
      await me.transport.profiles?.updateOwn?.({ id: me.userId, signature: null })
      await me.hears(
        'the signature is gone',
        async () => !(await profileOf(me, me.userId))?.signature || undefined,
      )
    },
  )
  check(
    'G4, A5',
    'tells one’s other device of one’s new name',
    ['profiles.updateOwn', 'two devices'],
    async ({ one, arrive, userId }) => {
      const [me, device] = [await one(), await arrive(userId(0))]
      const name = fresh('name')
      await me.transport.profiles?.updateOwn?.({ id: me.userId, name })
      await device.hears('it is told or can be fetched', async () => {
        const isTold = device
          .told('profile.changed')
          .some(({ profiles }) => profiles.some((it) => it.id === me.userId && it.name === name))
        return isTold || (await profileOf(device, me.userId))?.name === name || undefined
      })
    },
  )
  check('H9', 'finds a user by his id', ['profiles.findUsers'], async ({ one, two }) => {
    const [me, { userId }] = [await one(), await two()]
    await me.hears(
      'he is found',
      async () =>
        (await me.transport.profiles?.findUsers?.(userId))?.items.some(({ id }) => id === userId) ||
        undefined,
    )
  })
}

function presenceChecks(check: Check): void {
  const statesOf = (person: Person, userId: string) =>
    person.told('presence.changed').flatMap(({ presences }) => presences.filter((it) => it.userId === userId))
  check(
    'H8, contract: watch',
    'answers at once for everybody watched',
    ['presence.watch', 'three users'],
    async ({ one, two, arrive, userId: idOf }) => {
      const [me, other, third] = [await one(), await two(), await arrive(idOf(2))]
      const stop = me.transport.presence?.watch([other.userId, third.userId])
      for (const { userId } of [other, third]) {
        const presence = await me.hears(`the presence of ${userId} is told`, () => statesOf(me, userId)[0])
        ensure(
          ['online', 'offline', 'unknown'].includes(presence.state),
          `'${presence.state}' is no presence`,
        )
      }
      stop?.()
      stop?.()
      await third.leave()
    },
  )
  check(
    'H8',
    'follows somebody who comes and goes, where it knows',
    ['presence.watch', 'three users'],
    async ({ one, arrive, userId }) => {
      const me = await one()
      const guest = await arrive(userId(2))
      const stop = me.transport.presence?.watch([guest.userId])
      const first = await me.hears('the presence is told', () => statesOf(me, guest.userId).at(-1))
      if (first.state === 'unknown') return stop?.()
      await me.hears(
        'he is told to be there',
        () => statesOf(me, guest.userId).at(-1)?.state === 'online' || undefined,
      )
      await guest.leave()
      await me.hears(
        'he is told to have gone',
        () => statesOf(me, guest.userId).at(-1)?.state === 'offline' || undefined,
      )
      stop?.()
    },
  )
  check('H8', 'answers for nobody and for strangers', ['presence.watch'], async ({ one }) => {
    const { transport } = await one()
    transport.presence?.watch([])()
    transport.presence?.watch([fresh('nobody').slice(0, 32)])()
    await transport.conversations.list()
  })
  check('H8', 'sets one’s own status', ['presence.setOwn'], async ({ one }) => {
    const { transport } = await one()
    await transport.presence?.setOwn?.(`${fresh('busy')} <&> 忙`)
    await transport.presence?.setOwn?.('')
  })
}
