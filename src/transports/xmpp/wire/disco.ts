import { NS } from './namespaces'
import { bareJid } from './jid'
import type { BareJid } from './jid'
import type { Request } from './requests'
import { attrOf, elementOf, elementsOf, textOf, xml } from './xml'
import type { Xml } from './xml'

/** What an address says it is and can do (XEP-0030). */
export interface DiscoInfo {
  readonly features: ReadonlySet<string>
  readonly identities: readonly { readonly category: string; readonly type: string; readonly name?: string }[]
  /** The fields of its forms by form type: `muc#roominfo_description` stands in the form `...muc#roominfo`. */
  readonly formsByType: Readonly<Record<string, FormFields>>
}
/** The values of a form by field; a field may hold several. */
export type FormFields = Readonly<Record<string, readonly string[]>>
/** A service of the server: its rooms, its file store. */
export interface Service extends DiscoInfo {
  readonly jid: BareJid
}
/** What is known of the server and its services. */
export interface Disco {
  /** Asks the server, the account and all services anew. */
  refresh(own: { readonly bare: BareJid; readonly domain: string }): Promise<void>
  server(): DiscoInfo
  account(): DiscoInfo
  /** The first service with this feature. */
  serviceWith(feature: string): Service | undefined
  services(): readonly Service[]
  /** Asks an address; nothing is kept. */
  ask(jid: string): Promise<DiscoInfo>
}

const NOTHING: DiscoInfo = { features: new Set(), identities: [], formsByType: {} }
/** A server with more services than this is not asked about all of them. */
const MOST_SERVICES = 30

/** Knows nothing yet. */
export function createDisco(request: (request: Request) => Promise<Xml>): Disco {
  let server = NOTHING
  let account = NOTHING
  let services: readonly Service[] = []

  async function ask(jid: string): Promise<DiscoInfo> {
    const payload = xml('query', { xmlns: NS.discoInfo })
    return readInfo(await request({ type: 'get', to: jid, payload }))
  }

  async function servicesOf(domain: string): Promise<readonly Service[]> {
    const payload = xml('query', { xmlns: NS.discoItems })
    const answer = await request({ type: 'get', to: domain, payload })
    const items = elementsOf(elementOf(answer, 'query', NS.discoItems), 'item')
    const jids = new Set(items.flatMap((item) => bareJid(attrOf(item, 'jid')) ?? []))
    const asked = [...jids].slice(0, MOST_SERVICES).map(async (jid) => ({ jid, ...(await ask(jid)) }))
    const answers = await Promise.allSettled(asked)
    return answers.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  }

  return {
    async refresh({ bare, domain }) {
      const [ofServer, ofAccount, ofServices] = await Promise.allSettled([
        ask(domain),
        ask(bare),
        servicesOf(domain),
      ])
      if (ofServer.status === 'fulfilled') server = ofServer.value
      if (ofAccount.status === 'fulfilled') account = ofAccount.value
      if (ofServices.status === 'fulfilled') services = ofServices.value
    },
    server: () => server,
    account: () => account,
    services: () => services,
    serviceWith: (feature) => services.find(({ features }) => features.has(feature)),
    ask,
  }
}

function readInfo(answer: Xml): DiscoInfo {
  const query = elementOf(answer, 'query', NS.discoInfo)
  const forms = elementsOf(query, 'x', NS.forms).map(readForm)
  return {
    features: new Set(elementsOf(query, 'feature').flatMap((one) => attrOf(one, 'var') ?? [])),
    identities: elementsOf(query, 'identity').map((one) => {
      const name = attrOf(one, 'name')
      const [category = '', type = ''] = [attrOf(one, 'category'), attrOf(one, 'type')]
      return { category, type, ...(name !== undefined && { name }) }
    }),
    formsByType: Object.fromEntries(forms.map((fields) => [fields['FORM_TYPE']?.[0] ?? '', fields])),
  }
}

/** The values of a form (XEP-0004). */
function readForm(form: Xml): FormFields {
  const fields = elementsOf(form, 'field').map((field): [string, string[]] => [
    attrOf(field, 'var') ?? '',
    elementsOf(field, 'value').map(textOf),
  ])
  return Object.fromEntries(fields)
}

/** A filled form to be sent. */
export function writeForm(
  formType: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
): Xml {
  const all = Object.entries({ FORM_TYPE: formType, ...fields })
  return xml(
    'x',
    { xmlns: NS.forms, type: 'submit' },
    all.map(([name, given]) => {
      const values = typeof given === 'string' ? [given] : given
      const type = name === 'FORM_TYPE' ? 'hidden' : undefined
      return xml(
        'field',
        { var: name, type },
        values.map((value) => xml('value', {}, value)),
      )
    }),
  )
}
