import type { Ability, ContactsFacet } from '../../../core/ports'
import type { BatchResult, Contact, Patch } from '../../../model'
import { refusals } from '../refusals'
import type { BareJid } from '../wire/jid'
import { asUser } from '../wire/wire'
import type { Area, Me, Wire } from '../wire/wire'
import { inParallel, toEach } from './batch'
import { createBlocklist } from './blocklist'
import { createFriendRequests } from './friendRequests'
import { isContact } from './roster'
import type { Roster, RosterItem } from './roster'

/** Contacts are the people of the roster one hears of; a remark is the roster's name for one, folders are its groups. */
export function createContacts(wire: Wire, roster: Roster): readonly Area[] {
  const requests = createFriendRequests(wire, roster)
  const blocklist = createBlocklist(wire)

  roster.watch((jid, before, after) => {
    const me = wire.me()
    if (!me || (!isContact(before) && !isContact(after))) return
    const userId = me.names.userIdOf(jid)
    if (!after || !isContact(after)) return wire.emit({ type: 'contact.removed', userIds: [userId] })
    const { remark = null, folders = null } = contactOf(me, after)
    wire.emit({ type: 'contact.changed', contacts: [{ userId, remark, folders }] })
  })

  function jidOf(me: Me, userId: unknown): BareJid {
    const jid = me.names.jidOfUser(userId)
    if (jid === undefined || jid === me.bare) throw refusals.badUserId()
    return jid
  }

  async function change(jid: BareJid, { remark, folders }: Omit<Patch<Contact, 'userId'>, 'userId'>) {
    const item = roster.get(jid)
    const name = remark === undefined ? item?.name : checkedText(remark)
    const groups = folders === undefined ? (item?.groups ?? []) : checkedFolders(folders)
    if (item && name === item.name && groups.join('\n') === item.groups.join('\n')) return
    await roster.write(jid, name, groups)
  }

  /** The folders of somebody after `from` has become `name`, or all that is called `name` has gone. */
  async function moveTo(name: string, members: readonly BareJid[], from: string | undefined): Promise<void> {
    const isInside = ({ jid, groups }: RosterItem) =>
      groups.includes(from ?? name) || (members.includes(jid) && !groups.includes(name))
    await inParallel(roster.all().filter(isInside), async ({ jid, groups }) => {
      const others = groups.filter((group) => group !== name && group !== from)
      const isMember =
        from !== undefined ? groups.includes(from) || members.includes(jid) : members.includes(jid)
      await change(jid, { folders: isMember ? [...others, name] : others })
    })
  }

  const facet: ContactsFacet = {
    list: () =>
      asUser(wire, async (me) => ({
        items: roster
          .all()
          .filter(isContact)
          .map((item) => contactOf(me, item)),
      })),
    requests: () => asUser(wire, async () => ({ items: requests.all() })),
    ask: (contact, wording) =>
      asUser(wire, async (me) => {
        const jid = jidOf(me, contact?.userId)
        const { remark, folders } = contact
        const wanted = { ...(remark !== undefined && { remark }), ...(folders !== undefined && { folders }) }
        if (wording !== undefined) checkedText(wording)
        if (remark !== undefined || folders !== undefined) await change(jid, wanted)
        if (isContact(roster.get(jid))) return 'added'
        if (requests.isIncoming(jid)) await requests.accept(jid)
        await requests.ask(jid, wording)
        return 'pending'
      }),
    answer: (requestId, verdict, remark) =>
      asUser(wire, async () => {
        const { direction, jid } = requests.find(requestId)
        if (direction === 'out') throw refusals.invalid('only who was asked can answer')
        if (verdict === 'refuse') return requests.refuse(jid, 'refused')
        if (verdict !== 'accept' && verdict !== 'accept-and-add') throw refusals.invalid('no such verdict')
        if (verdict === 'accept-and-add' && remark) await change(jid, { remark })
        await requests.accept(jid)
        if (verdict === 'accept-and-add' && !isContact(roster.get(jid))) await requests.ask(jid, undefined)
      }),
    remove: (userIds) =>
      asUser(wire, (me) =>
        toEach(me, userIds, async (jid) => {
          if (!roster.get(jid)) throw refusals.noContact()
          await roster.remove(jid)
          return 'done'
        }),
      ),
    deleteRequest: (requestId) =>
      asUser(wire, async () => {
        const { direction, jid } = requests.find(requestId)
        if (direction === 'out') await requests.withdraw(jid)
        else requests.refuse(jid, 'gone')
      }),
    update: (patch) =>
      asUser(wire, async (me) => {
        const jid = jidOf(me, patch?.userId)
        if (!roster.get(jid)) throw refusals.noContact()
        if (patch.custom !== undefined) throw refusals.unsupported()
        await change(jid, patch)
      }),
    setFolder: (name, userIds, from) =>
      asUser(wire, async (me): Promise<BatchResult> => {
        if (checkedText(name) === undefined) throw refusals.invalid('a folder needs a name')
        const members: BareJid[] = []
        const result = await toEach(me, userIds, async (jid) => {
          if (!roster.get(jid)) throw refusals.noContact()
          members.push(jid)
          return 'done'
        })
        await moveTo(name, members, from)
        return result
      }),
    blocked: () =>
      asUser(wire, async (me) => {
        if (!blocklist.isOffered()) throw refusals.notOffered('no blocklist')
        return blocklist.userIds(me)
      }),
    setBlocked: (userIds, isBlocked) =>
      asUser(wire, (me) =>
        toEach(me, userIds, async (jid) => {
          if (jid === me.bare) throw refusals.badUserId()
          await blocklist.set([jid], isBlocked)
          return 'done'
        }),
      ),
  }

  const area: Area = {
    facets: { contacts: facet },
    verdict(ability: Ability) {
      const isAboutBlocking = ability === 'contacts.blocked' || ability === 'contacts.setBlocked'
      return isAboutBlocking && !blocklist.isOffered() ? refusals.notOffered('no blocklist') : undefined
    },
  }
  return [area, requests.area, blocklist.area]
}

function contactOf(me: Me, { jid, name, groups }: RosterItem): Contact {
  return {
    userId: me.names.userIdOf(jid),
    ...(name !== undefined && { remark: name }),
    ...(groups.length > 0 && { folders: groups }),
  }
}

function checkedText(text: unknown): string | undefined {
  if (text !== null && typeof text !== 'string') throw refusals.invalid('a text is needed')
  return text || undefined
}

function checkedFolders(folders: unknown): readonly string[] {
  if (folders === null) return []
  if (!Array.isArray(folders)) throw refusals.invalid('folders are a list')
  return folders.flatMap((folder: unknown) => checkedText(folder) ?? [])
}
