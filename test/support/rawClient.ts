import { Strophe } from 'strophe.js'
import { createLookout } from './lookout'
import type { XmppServer } from './xmppServers'

/** A client that says whatever it is told to: another person's, an ill-mannered one, or one with rights of its own. */
export interface RawClient {
  readonly jid: string
  /** Sends XML as it stands. */
  send(xml: string): void
  /** Asks and waits for the answer; rejects with the whole error stanza. */
  ask(type: 'get' | 'set', to: string, payload: string): Promise<string>
  /** Everything heard so far, as text. */
  readonly heard: string[]
  until(what: (xml: string) => boolean, withinMs?: number): Promise<string>
  close(): void
}

/** Signs in with the password the test servers give. */
export async function rawClient(
  server: Pick<XmppServer, 'service' | 'domain'>,
  name: string,
): Promise<RawClient> {
  Strophe.setLogLevel(Strophe.LogLevel.FATAL)
  const connection = new Strophe.Connection(server.service, {})
  const heard: string[] = []
  const lookout = createLookout(() => `${name} waits in vain; heard: ${heard.slice(-10).join('\n')}`)
  connection.rawInput = (xml) => {
    heard.push(xml)
    lookout.look()
  }
  await new Promise<void>((resolve, reject) => {
    connection.connect(`${name}@${server.domain}/raw`, name, (status) => {
      if (status === Strophe.Status.CONNECTED) resolve()
      if (status === Strophe.Status.AUTHFAIL || status === Strophe.Status.CONNFAIL) reject(new Error(name))
    })
  })
  connection.iqFallbackHandler.handler = () => false
  const client: RawClient = {
    jid: connection.jid,
    heard,
    send: (xml) => connection.send(Strophe.toElement(xml.replace(/^<(\w+)/, '<$1 xmlns="jabber:client"'))),
    async ask(type, to, payload) {
      const id = `raw${heard.length}-${payload.length}`
      client.send(`<iq type="${type}" to="${to}" id="${id}">${payload}</iq>`)
      const answer = await client.until((xml) => xml.startsWith('<iq') && xml.includes(id))
      if (/type=['"]error/.test(answer)) throw new Error(answer)
      return answer
    },
    until: (what, withinMs = 20_000) => lookout.until(() => heard.find(what), withinMs),
    close: () => connection._doDisconnect(),
  }
  client.send('<presence/>')
  return client
}

/** A room made by its owner, with the given fields of its configuration. */
export async function makeRoom(
  owner: RawClient,
  room: string,
  fields: Readonly<Record<string, string>> = {},
) {
  owner.send(`<presence to="${room}/owner"><x xmlns="http://jabber.org/protocol/muc"/></presence>`)
  await owner.until((xml) => xml.startsWith('<presence') && xml.includes(room) && xml.includes('110'))
  const all = {
    FORM_TYPE: 'http://jabber.org/protocol/muc#roomconfig',
    'muc#roomconfig_persistentroom': '1',
    'muc#roomconfig_publicroom': '1',
    'muc#roomconfig_whois': 'anyone',
    ...fields,
  }
  const form = Object.entries(all).map(
    ([name, value]) => `<field var="${name}"><value>${value}</value></field>`,
  )
  const x = `<x xmlns="jabber:x:data" type="submit">${form.join('')}</x>`
  await owner.ask('set', room, `<query xmlns="http://jabber.org/protocol/muc#owner">${x}</query>`)
}

/** Puts a room among the bookmarks of whoever this is, to be entered at sign-in. */
export async function bookmarkRoom(client: RawClient, room: string): Promise<void> {
  const item = `<item id="${room}"><conference xmlns="urn:xmpp:bookmarks:1" autojoin="true"/></item>`
  const publish = `<publish node="urn:xmpp:bookmarks:1">${item}</publish>`
  const [bare = ''] = client.jid.split('/')
  await client.ask('set', bare, `<pubsub xmlns="http://jabber.org/protocol/pubsub">${publish}</pubsub>`)
}
