import type { Ability, Transport } from '../../core/ports'
import type { ConversationId, GroupId, GroupType, UserId } from '../../model'
import { BrokenRule } from './ensure'
import type { TransportHarness } from './harness'
import type { Ledger } from './ledger'
import { PATIENCE_MS, fresh, signIn } from './person'
import type { Arrival, Person } from './person'

/** What a check cannot do without: a method, or something the harness or the people bring. */
export type Need = Ability | 'three users' | 'two devices' | 'a group' | 'a cut'
/** One check. `rule` names the requirement or the sentence of the contract that it is about. */
export type Check = (
  rule: string,
  name: string,
  needs: readonly Need[],
  body: (cast: Cast) => Promise<void>,
) => void
/** The people of one topic, signed in when they are first asked for. */
export interface Cast {
  readonly harness: TransportHarness
  readonly patienceMs: number
  one(): Promise<Person>
  two(): Promise<Person>
  three(): Promise<Person>
  /** Somebody signed in anew, whom the topic also signs out. */
  arrive(userId: UserId, arrival?: Arrival): Promise<Person>
  userId(index: 0 | 1 | 2): UserId
  /** The conversation of the first two, by the id that each of them has for it. */
  direct(): Promise<Direct>
  /** The group of this topic, with everybody in it. */
  group(): Promise<SharedGroup>
  /** Another group. */
  makeGroup(type?: GroupType): Promise<SharedGroup>
}
/** A direct conversation from both sides. */
export interface Direct {
  readonly one: Person
  readonly two: Person
  /** What the first has it under. */
  readonly oneId: ConversationId
  readonly twoId: ConversationId
}
/** A group and how its people have it; the first owns it. */
export interface SharedGroup {
  readonly groupId: GroupId
  readonly people: readonly Person[]
  readonly idOf: (person: Person) => ConversationId
}
/** What topics are written with. */
export interface Suite {
  readonly harness: TransportHarness
  /** What the transport has, looked at before anybody signs in. */
  readonly shape: Transport
  topic(name: string, describeChecks: (check: Check, shape: Transport) => void): void
}

/** Everybody of the harness, signed in once. */
function createCast(harness: TransportHarness): {
  readonly cast: Cast
  readonly everybody: () => Person[]
} {
  const people: Person[] = []
  const known = new Map<number, Promise<Person>>()
  let direct: Promise<Direct> | undefined
  let group: Promise<SharedGroup> | undefined

  async function arrive(userId: UserId, arrival?: Arrival): Promise<Person> {
    const person = await signIn(harness, userId, arrival)
    people.push(person)
    return person
  }

  function userId(index: number): UserId {
    const id = harness.users[index]
    if (id === undefined) throw new BrokenRule(`the harness names no user ${index + 1}`)
    return id
  }

  function nth(index: number): Promise<Person> {
    const there = known.get(index) ?? arrive(userId(index))
    known.set(index, there)
    return there
  }

  const cast: Cast = {
    harness,
    patienceMs: harness.patienceMs ?? PATIENCE_MS,
    one: () => nth(0),
    two: () => nth(1),
    three: () => nth(2),
    arrive,
    userId,
    direct: () => (direct ??= openDirect(cast)),
    group: () => (group ??= openGroup(cast)),
    makeGroup: (type) => openGroup(cast, type),
  }
  return { cast, everybody: () => people }
}

async function openDirect(cast: Cast): Promise<Direct> {
  const [one, two] = [await cast.one(), await cast.two()]
  const [{ id: oneId }, { id: twoId }] = [await one.talkWith(two.userId), await two.talkWith(one.userId)]
  return { one, two, oneId, twoId }
}

/** A group of everybody there is. Who is only invited walks in by himself. */
async function openGroup(cast: Cast, type?: GroupType): Promise<SharedGroup> {
  const people = [await cast.one(), await cast.two()]
  if (cast.harness.users.length > 2) people.push(await cast.three())
  const [owner, ...others] = people
  if (!owner) throw new BrokenRule('the harness names no users')
  const groupId = await makeGroupOf(cast.harness, owner, others, type)
  const ids = new Map<Person, ConversationId>()
  for (const person of people) {
    const id = await person.hears(`${person.userId} can open the conversation of the group`, async () => {
      const { id: found } = await person.talkIn(groupId).catch(() => ({ id: undefined }))
      return found
    })
    ids.set(person, id)
  }
  const idOf = (person: Person): ConversationId => {
    const id = ids.get(person)
    if (id === undefined) throw new BrokenRule(`${person.userId} is not in the group`)
    return id
  }
  return { groupId, people, idOf }
}

async function makeGroupOf(
  harness: TransportHarness,
  owner: Person,
  others: readonly Person[],
  type?: GroupType,
): Promise<GroupId> {
  const memberIds = others.map(({ userId }) => userId)
  const { groups } = owner.transport
  if (harness.makeGroup && type === undefined) return harness.makeGroup(owner.userId, memberIds)
  if (!groups?.create) throw new BrokenRule('no group can be made')
  const made = await groups.create({ type: type ?? usualType(groups.types), name: fresh('group') }, memberIds)
  for (const person of others) {
    if (made.members.done.includes(person.userId)) continue
    await person.transport.groups?.join(made.group.id)
  }
  return made.group.id
}

/** A type whose members keep what was said. */
function usualType(types: readonly GroupType[]): GroupType {
  const usual = (['work', 'public', 'meeting', 'community'] as const).find((type) => types.includes(type))
  if (usual === undefined) throw new BrokenRule('groups.types holds no type whose history is kept')
  return usual
}

/** Registers a topic's checks with the runner, and notes those that have nothing to run on. */
export function describeTopic(
  suite: Suite,
  ledger: Ledger,
  name: string,
  describeChecks: (check: Check, shape: Transport) => void,
  conclude: (check: Check, everybody: () => readonly Person[]) => void,
): void {
  const { harness, shape } = suite
  const { cast, everybody } = createCast(harness)
  harness.describe(name, () => {
    const check: Check = (rule, checkName, needs, body) => {
      const missing = needs.filter((need) => !isThere(harness, shape, need))
      if (missing.length > 0) return ledger.noteNotRun(`${name}: ${checkName}`, missing)
      ledger.noteCheck(needs)
      harness.it(`${checkName} (${rule})`, async () => {
        try {
          const refused = await refusedNeeds(cast, needs)
          if (refused.length > 0) return ledger.noteRefused(`${name}: ${checkName}`, refused)
          await body(cast)
          ledger.notePassed()
        } catch (error) {
          ledger.noteFailed()
          throw withRule(error, rule)
        }
      })
    }
    describeChecks(check, shape)
    conclude(check, everybody)
    check('A12, contract: disconnect()', 'signs its people out', [], async () => {
      for (const person of everybody().splice(0)) await person.leave()
    })
  })
}

function isThere(harness: TransportHarness, shape: Transport, need: Need): boolean {
  switch (need) {
    case 'three users':
      return harness.users.length > 2
    case 'two devices':
      return harness.isOneDeviceOnly !== true
    case 'a cut':
      return harness.cutConnection !== undefined
    case 'a group':
      return harness.makeGroup !== undefined || shape.groups?.create !== undefined
    default:
      return hasMethod(shape, need)
  }
}

/** True where the transport has the method behind an ability. */
export function hasMethod(shape: Transport, ability: Ability): boolean {
  const [facet, method] = ability.split('.') as [keyof Transport, string]
  return typeof (shape[facet] as Readonly<Record<string, unknown>> | undefined)?.[method] === 'function'
}

/** What the adapter has and this backend does not let anybody do. */
async function refusedNeeds(cast: Cast, needs: readonly Need[]): Promise<readonly Need[]> {
  const abilities = needs.filter((need): need is Ability => need.includes('.'))
  if (abilities.length === 0) return []
  const { transport } = await cast.one()
  return abilities.filter((ability) => isRefusedForGood(transport, ability))
}

/** True where `can` says that this backend does not have it, whatever anybody does. */
export function isRefusedForGood(transport: Transport, ability: Ability): boolean {
  const verdict = transport.can(ability)
  return typeof verdict === 'object' && (verdict.kind === 'unsupported' || verdict.kind === 'not-in-plan')
}

/** The error with the rule under it; any other than the suite's own keeps its stack. */
function withRule(error: unknown, rule: string): unknown {
  if (!(error instanceof Error)) return error
  error.message = `${error.message}\n  rule: ${rule}`
  return error
}
