import type { Clock } from '../../../core/ports'
import { refusals, stanzaError } from '../refusals'
import { NS } from './namespaces'
import { readXml } from './readXml'
import { loadStrophe } from './stream'
import { writeXml } from './writeXml'
import { attrOf, elementOf, xml } from './xml'
import type { Xml } from './xml'

/** What an account is made from. */
export interface NewAccount {
  readonly clock: Clock
  readonly service: string
  readonly domain: string
  /** What stands before the @. */
  readonly name: string
  readonly secret: string
}

const ANSWERS_WITHIN_MS = 20_000
const REQUEST_ID = 'register'

/** Makes an account before anybody has signed in (XEP-0077); rejects with the server's reason. */
export async function register({ clock, service, domain, name, secret }: NewAccount): Promise<void> {
  const Strophe = await loadStrophe()
  return new Promise((resolve, reject) => {
    const connection = new Strophe.Connection(service, {})
    const stopWaiting = clock.after(ANSWERS_WITHIN_MS, () => finish(refusals.noAnswer('unknown')))
    let isFinished = false

    function finish(error?: unknown): void {
      if (isFinished) return
      isFinished = true
      stopWaiting()
      connection.xmlInput = () => undefined
      connection._doDisconnect()
      if (error === undefined) resolve()
      else reject(error)
    }

    // Called where the server offers ways to sign in: the one moment at which a stranger may ask for an account.
    connection.authenticate = () => {
      const query = xml(
        'query',
        { xmlns: NS.register },
        xml('username', {}, name),
        xml('password', {}, secret),
      )
      const request = xml('iq', { xmlns: NS.client, type: 'set', to: domain, id: REQUEST_ID }, query)
      connection.send(Strophe.toElement(writeXml(request)))
    }
    connection.xmlInput = (node) => {
      const answer = 'nodeType' in node && node.nodeType === 1 ? readXml(node as Element) : undefined
      if (answer?.name === 'iq' && attrOf(answer, 'id') === REQUEST_ID) finish(errorOf(answer))
    }
    connection.connect(`${name}@${domain}`, secret, (status) => {
      if (status === Strophe.Status.DISCONNECTED) finish(refusals.unreachable())
    })
    const holder = connection._proto as unknown as {
      readonly socket?: Pick<WebSocket, 'addEventListener'> | null
    }
    holder.socket?.addEventListener('error', () => undefined)
  })
}

function errorOf(answer: Xml): unknown {
  if (attrOf(answer, 'type') === 'result') return undefined
  const isClosed = elementOf(elementOf(answer, 'error'), 'service-unavailable') !== undefined
  return isClosed ? refusals.notOffered('this server makes no accounts') : stanzaError(answer)
}
