import type { FilesFacet } from '../../core/ports'
import { toChatError } from '../../model'
import { asUser } from './caller'
import type { Caller } from './caller'
import { checkedFileKey, checkedLocalFile } from './checkedMessage'
import { checkedRecord } from './checkedValues'
import type { FileStore } from './fileStore'
import { ownPictureOf } from './ownPicture'
import { refusals } from './refusals'

/** The files facet and the urls it has given out. */
export interface Files {
  readonly facet: FilesFacet
  /** Takes back every url. */
  revokeAll(): void
}

/** Files live in the service; a url is made once per file and ends with the sign-in. */
export function createFiles(caller: Caller, store: FileStore): Files {
  let urls = new Map<string, Promise<{ readonly url: string; readonly mime: string }>>()

  function urlOf(key: string): Promise<{ readonly url: string; readonly mime: string }> {
    const known = urls.get(key)
    if (known) return known
    const made = store.open(key).then((blob) => ({ url: URL.createObjectURL(blob), mime: blob.type }))
    const mine = urls
    mine.set(key, made)
    made.catch(() => mine.delete(key))
    return made
  }

  const facet: FilesFacet = {
    purposes: ['message', 'avatar'],
    upload(file, purpose, onProgress) {
      let isCancelled = false
      const stopIfCancelled = () => {
        if (isCancelled) throw refusals.cancelled()
      }
      const result = asUser(caller, async () => {
        if (purpose !== 'message' && purpose !== 'avatar') throw refusals.invalid('no such purpose')
        const stored = await store.store(checkedLocalFile(file), stopIfCancelled, onProgress)
        const { key } = stored
        if (purpose !== 'avatar' || key === undefined) return stored
        const url = await ownPictureOf(await store.open(key))
        return url === undefined ? stored : { ...stored, url }
      })
      return { result, cancel: () => (isCancelled = true) }
    },
    resolve: (file) =>
      asUser(caller, async () => {
        const { key, url } = checkedRecord(file, 'the file')
        // A file that lives elsewhere brings its own url (C13).
        if (key === undefined && url !== undefined) return { ...file }
        const session = urls
        const given = await urlOf(checkedFileKey(key))
        // A url made while the sign-in ended has been taken back with the others.
        if (session !== urls) throw refusals.notSignedIn()
        return { ...file, ...given }
      }),
  }
  return {
    facet,
    revokeAll() {
      const given = urls
      urls = new Map()
      for (const made of given.values()) {
        made.then(({ url }) => URL.revokeObjectURL(url)).catch(toChatError)
      }
    },
  }
}
