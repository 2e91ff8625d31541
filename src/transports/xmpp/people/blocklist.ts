import type { UserId } from '../../../model'
import { refusals } from '../refusals'
import { parseJid } from '../wire/jid'
import type { BareJid } from '../wire/jid'
import { NS } from '../wire/namespaces'
import type { Area, Me, Wire } from '../wire/wire'
import { attrOf, elementOf, elementsOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { isFromOwnAccount } from './roster'

/** Whom one's server keeps away (XEP-0191). */
export interface Blocklist {
  readonly area: Area
  isOffered(): boolean
  userIds(me: Me): readonly UserId[]
  set(jids: readonly BareJid[], isBlocked: boolean): Promise<void>
}

/** Empty until sign-in. */
export function createBlocklist(wire: Wire): Blocklist {
  const blocked = new Set<BareJid>()

  const isOffered = () =>
    [wire.disco.server(), wire.disco.account()].some(({ features }) => features.has(NS.blocking))

  function userIds(me: Me): readonly UserId[] {
    const people = [...blocked].filter((jid) => parseJid(jid)?.local)
    return people.map((jid) => me.names.userIdOf(jid))
  }

  function takePush(stanza: Xml): boolean {
    const push = elementOf(stanza, 'block', NS.blocking) ?? elementOf(stanza, 'unblock', NS.blocking)
    const me = wire.me()
    if (!push || !me || attrOf(stanza, 'type') !== 'set') return false
    if (!isFromOwnAccount(stanza, me)) {
      wire.reject('a forged blocklist push')
      return false
    }
    const jids = jidsOf(push)
    if (push.name === 'block') jids.forEach((jid) => blocked.add(jid))
    else if (elementsOf(push, 'item').length === 0) blocked.clear()
    else jids.forEach((jid) => blocked.delete(jid))
    wire.send(xml('iq', { type: 'result', id: attrOf(stanza, 'id') }))
    wire.emit({ type: 'blocklist.changed', userIds: userIds(me) })
    return true
  }

  return {
    area: {
      onRequest: takePush,
      async onSignIn({ me, isFirst }) {
        if (!isOffered()) return
        const before = [...blocked].sort().join(' ')
        const payload = xml('blocklist', { xmlns: NS.blocking })
        const answer = await wire.request({ type: 'get', payload })
        blocked.clear()
        jidsOf(elementOf(answer, 'blocklist', NS.blocking)).forEach((jid) => blocked.add(jid))
        if (isFirst || [...blocked].sort().join(' ') === before) return
        wire.emit({ type: 'blocklist.changed', userIds: userIds(me) })
      },
      onEnd: () => blocked.clear(),
    },
    isOffered,
    userIds,
    async set(jids, isBlocked) {
      if (!isOffered()) throw refusals.notOffered('no blocklist')
      // To unblock nobody in particular would be to unblock everybody.
      if (jids.length === 0) return
      const items = jids.map((jid) => xml('item', { jid }))
      const payload = xml(isBlocked ? 'block' : 'unblock', { xmlns: NS.blocking }, items)
      await wire.request({ type: 'set', payload })
      jids.forEach((jid) => (isBlocked ? blocked.add(jid) : blocked.delete(jid)))
    },
  }
}

/** Only whole accounts and servers: a single device or a nickname is nobody's person. */
function jidsOf(list: Xml | undefined): readonly BareJid[] {
  return elementsOf(list, 'item', NS.blocking).flatMap((item) => {
    const jid = parseJid(attrOf(item, 'jid'))
    return jid && jid.resource === undefined ? [jid.bare] : []
  })
}
