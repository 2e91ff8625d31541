import type { Cache } from '../core/ports'
import type { LocalFile, RemoteFile } from '../model'

/** Keeps a file that has left from here, so that whoever sent it need not load it. */
export async function keepFile(cache: Cache, remote: RemoteFile, file: LocalFile): Promise<void> {
  const name = nameOf(remote)
  // The bytes behind a path may be others tomorrow.
  if (name !== undefined && file.source !== 'path') await cache.keepMedia(name, file)
}

/** A file of the backend where this machine has it. */
export async function keptFile(cache: Cache, remote: RemoteFile): Promise<LocalFile | undefined> {
  const name = nameOf(remote)
  return name === undefined ? undefined : cache.media(name)
}

/** What names a file for as long as it lives; a URL that ends is another one each time. */
function nameOf({ key, url, expiresAt }: RemoteFile): string | undefined {
  return key ?? (expiresAt === undefined ? url : undefined)
}
