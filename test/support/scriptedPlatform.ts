import type { Platform } from '../../src/core/ports'
import type { LocalFile } from '../../src/model'

/** A machine whose pictures are read when a test says so. */
export interface ScriptedPlatform extends Platform {
  /** Ends the reading of the file of this name: with its size, or with nothing where it is no picture. */
  finishReading(name: string, size?: { readonly width: number; readonly height: number }): void
  /** The URLs that are held now. */
  readonly heldUrls: ReadonlySet<string>
}

/** Makes the machine; a file's URL is made from its name. */
export function createScriptedPlatform(): ScriptedPlatform {
  type Size = Awaited<ReturnType<Platform['imageSize']>>
  const readings = new Map<string, (size: Size) => void>()
  const heldUrls = new Set<string>()
  return {
    heldUrls,
    fileUrl(file: LocalFile) {
      const url = `local:${file.name}`
      heldUrls.add(url)
      return url
    },
    releaseFileUrl: (url) => void heldUrls.delete(url),
    imageSize: (file) => new Promise((resolve) => readings.set(file.name, resolve)),
    finishReading(name, size) {
      const finish = readings.get(name)
      if (!finish) throw new Error(`nobody reads ${name}`)
      finish(size)
    },
  }
}
