import type { ProfilesFacet } from '../../../core/ports'
import { toChatError } from '../../../model'
import type { ChatErrorShape, Patch, Profile, UserId } from '../../../model'
import { refusals } from '../refusals'
import { parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import { groupIdOf } from '../wire/names'
import { asUser } from '../wire/wire'
import type { Area, Me, Wire } from '../wire/wire'
import { attrOf, elementOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { inParallel } from './batch'
import type { OwnPresence } from './ownPresence'
import { readCard, writeCard } from './vcard'

/** Who people are, from their cards. */
export interface Profiles {
  readonly area: Area
  /** A contact's presence: it tells when his card has become another (XEP-0153). */
  hearPresence(jid: BareJid, presence: Xml): void
}

/** How servers say that there is nobody; most give an empty card instead, as for somebody who has filled in nothing. */
const NOBODY = new Set<ChatErrorShape['code']>(['item-not-found', 'service-unavailable'])

/** Nothing is known at first. */
export function createProfiles(wire: Wire, own: OwnPresence): Profiles {
  const markByJid = new Map<BareJid, string>()
  const reading = new Set<BareJid>()

  async function askCard(jid: BareJid): Promise<Xml | undefined> {
    const payload = xml('vCard', { xmlns: NS.vcard })
    return elementOf(await wire.request({ type: 'get', to: jid, payload }), 'vCard', NS.vcard)
  }

  async function fetchOne(me: Me, id: UserId): Promise<Profile | 'missing' | ChatErrorShape> {
    const inRoom = occupantProfile(id)
    if (inRoom) return inRoom
    const jid = me.names.jidOfUser(id)
    if (jid === undefined) return 'missing'
    try {
      return { id, ...readCard(await askCard(jid)) }
    } catch (thrown) {
      const error = toChatError(thrown)
      if (!NOBODY.has(error.code)) return error
      return jid === me.bare ? { id } : 'missing'
    }
  }

  async function updateOwn(me: Me, patch: Patch<Profile, 'id'>): Promise<void> {
    const { id, name, avatar, signature, ...others } = patch
    if (id !== me.userId) throw refusals.invalid('only the own profile can be changed')
    if (Object.values(others).some((value) => value !== undefined)) throw refusals.unsupported()
    const current = await askCard(me.bare).catch((error: unknown) => {
      if (NOBODY.has(toChatError(error).code)) return undefined
      throw error
    })
    const fields = {
      ...(name !== undefined && { name }),
      ...(avatar !== undefined && { avatar }),
      ...(signature !== undefined && { signature }),
    }
    await wire.request({ type: 'set', payload: writeCard(current, fields) })
    if (avatar) await publishLink(me, avatar)
    own.profileMark = wire.ids.next()
    wire.send(own.stanza())
    wire.emit({ type: 'profile.changed', profiles: [{ id, ...fields }] })
  }

  /** Prosody keeps a picture that lives elsewhere only as avatar metadata (XEP-0084). */
  async function publishLink(me: Me, avatar: string): Promise<void> {
    if (avatar.startsWith('data:') || readCard(await askCard(me.bare)).avatar === avatar) return
    const id = wire.ids.next()
    const info = xml('info', { id, url: avatar, type: 'image/png', bytes: '0' })
    const item = xml('item', { id }, xml('metadata', { xmlns: NS.avatarMetadata }, info))
    const payload = xml('pubsub', { xmlns: NS.pubsub }, xml('publish', { node: NS.avatarMetadata }, item))
    await wire.request({ type: 'set', payload })
  }

  function hearPresence(jid: BareJid, presence: Xml): void {
    if (attrOf(presence, 'type') !== undefined) return
    const photo = elementOf(elementOf(presence, 'x', NS.vcardUpdate), 'photo', NS.vcardUpdate)
    const mark = `${textOf(photo).slice(0, 100)} ${attrOf(elementOf(presence, 'x', NS.parleyProfile), 'mark') ?? ''}`
    const before = markByJid.get(jid)
    markByJid.set(jid, mark)
    // The first presence says nothing of when the card became what it is.
    if (before === undefined || before === mark) return
    void readAnew(jid)
  }

  async function readAnew(jid: BareJid): Promise<void> {
    const me = wire.me()
    if (!me || reading.has(jid)) return
    reading.add(jid)
    const mark = markByJid.get(jid)
    try {
      const { name = null, avatar = null, signature = null } = readCard(await askCard(jid))
      wire.emit({
        type: 'profile.changed',
        profiles: [{ id: me.names.userIdOf(jid), name, avatar, signature }],
      })
    } catch {
      // It is read when somebody looks at it next.
      markByJid.delete(jid)
    } finally {
      reading.delete(jid)
    }
    const now = markByJid.get(jid)
    if (now !== undefined && now !== mark) await readAnew(jid)
  }

  const facet: ProfilesFacet = {
    batchSize: 20,
    // Who changes while neither of us is there tells nobody.
    pushes: 'none',
    fetch: (ids) =>
      asUser(wire, async (me) => {
        if (!Array.isArray(ids)) throw refusals.invalid('a list of people is needed')
        const wanted = [...new Set(ids as readonly UserId[])]
        const answers = await inParallel(wanted, (id) => fetchOne(me, id))
        const found = answers.filter((one): one is Profile => one !== 'missing' && 'id' in one)
        const missing = wanted.filter((_, index) => answers[index] === 'missing')
        const failure = answers.find((one): one is ChatErrorShape => one !== 'missing' && !('id' in one))
        if (failure && found.length + missing.length === 0) throw failure
        return { found, missing }
      }),
    updateOwn: (patch) =>
      asUser(wire, (me) => {
        if (typeof patch !== 'object' || patch === null) throw refusals.invalid('a patch is needed')
        return updateOwn(me, patch)
      }),
  }

  return {
    area: {
      facets: { profiles: facet },
      onStreamLost: () => markByJid.clear(),
      onEnd: () => void (own.profileMark = ''),
    },
    hearPresence,
  }
}

/** Who is known only as a name in a room. */
function occupantProfile(id: UserId): Profile | undefined {
  const jid = typeof id === 'string' ? parseJid(id) : undefined
  if (!jid || jid.local === '' || jid.resource === undefined) return undefined
  return { id, name: jid.resource, onlyInId: groupIdOf(jid.bare) }
}
