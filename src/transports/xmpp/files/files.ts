import type { FilesFacet } from '../../../core/ports'
import type { LocalFile, RemoteFile } from '../../../model'
import { isWebUrl } from '../people/vcard'
import { refusals } from '../refusals'
import type { Service } from '../wire/disco'
import { NS } from '../wire/namespaces'
import { asUser } from '../wire/wire'
import type { Area, Wire } from '../wire/wire'
import { attrOf, elementOf, elementsOf, textOf, xml } from '../wire/xml'
import type { Xml } from '../wire/xml'
import { blobOf } from './localFile'
import { put } from './put'

/** Where to put a file, and where it is to be had afterwards. */
interface Slot {
  readonly putUrl: string
  readonly getUrl: string
  readonly headers: Readonly<Record<string, string>>
}

const LONGEST_NAME = 200
/** What a slot may make us send, and nothing else (XEP-0363). */
const HEADERS = ['authorization', 'cookie', 'expires']

/** Files live at the server's store, wherever that is (XEP-0363); `isSecure` where nobody may read along on the way. */
export function createFiles(wire: Wire, isSecure: boolean): Area {
  const service = () => wire.disco.serviceWith(NS.upload)

  async function askSlot(to: string, file: LocalFile, size: number): Promise<Slot> {
    const attrs = { xmlns: NS.upload, filename: soundName(file.name), size: String(size) }
    const payload = xml('request', { ...attrs, 'content-type': file.mime || 'application/octet-stream' })
    try {
      return readSlot(await wire.request({ type: 'get', to, payload }), isSecure)
    } catch (error) {
      const isTooLarge = (error as { code?: unknown }).code === 'not-acceptable'
      throw isTooLarge ? refusals.tooLarge('the file') : error
    }
  }

  const facet: FilesFacet = {
    purposes: ['message', 'avatar'],
    upload(file, purpose, onProgress) {
      const stop = new AbortController()
      const result = asUser(wire, async (): Promise<RemoteFile> => {
        if (purpose !== 'message' && purpose !== 'avatar') throw refusals.invalid('no such purpose')
        const blob = blobOf(file)
        if (blob.size === 0) throw refusals.invalid('a file without a byte')
        const store = service()
        if (!store) throw refusals.notOffered('the server keeps no files')
        if (blob.size > (largestOf(store) ?? Infinity)) throw refusals.tooLarge('the file')
        stopIfCancelled(stop.signal)
        const slot = await askSlot(store.jid, file, blob.size)
        stopIfCancelled(stop.signal)
        await put({ url: slot.putUrl, headers: slot.headers, body: blob, signal: stop.signal, onProgress })
        const { name, mime } = file
        return { at: 'remote', url: slot.getUrl, name, bytes: blob.size, ...(mime !== '' && { mime }) }
      })
      return { result, cancel: () => stop.abort() }
    },
  }

  return {
    facets: { files: facet },
    verdict: (ability) =>
      ability === 'files.upload' && !service() ? refusals.notOffered('the server keeps no files') : undefined,
    limits() {
      const store = service()
      const fileBytes = store && largestOf(store)
      return fileBytes === undefined ? {} : { fileBytes }
    },
  }
}

function stopIfCancelled({ aborted }: AbortSignal): void {
  if (aborted) throw refusals.cancelled()
}

/** A name for the address of the file: nothing in it may lead out of its folder. */
function soundName(name: string): string {
  const sound = [...name.replace(/[/\\\p{Cc}]/gu, '_')].slice(0, LONGEST_NAME).join('')
  return /^\.*$/.test(sound) ? 'file' : sound
}

function readSlot(answer: Xml, isSecure: boolean): Slot {
  const slot = elementOf(answer, 'slot', NS.upload)
  const putting = elementOf(slot, 'put', NS.upload)
  const [putUrl = '', getUrl = ''] = [
    attrOf(putting, 'url'),
    attrOf(elementOf(slot, 'get', NS.upload), 'url'),
  ]
  const isFit = (url: string) => isWebUrl(url) && (!isSecure || /^https:/i.test(url))
  if (!isFit(putUrl) || !isFit(getUrl)) throw refusals.notOffered('the server gives no place for a file')
  const headers = elementsOf(putting, 'header', NS.upload).flatMap((header): [string, string][] => {
    const [name, value] = [attrOf(header, 'name') ?? '', textOf(header).replace(/[\r\n]/g, '')]
    return HEADERS.includes(name.toLowerCase()) ? [[name, value]] : []
  })
  return { putUrl, getUrl, headers: Object.fromEntries(headers) }
}

function largestOf({ formsByType }: Service): number | undefined {
  const bytes = Number(formsByType[NS.upload]?.['max-file-size']?.[0] ?? Number.NaN)
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined
}
