import { cancelledError } from '../core/outbox'
import type { Transport } from '../core/ports'
import type { LocalFile, Message, OutgoingMessage, Part, RemoteFile, Task } from '../model'

/** Carries one message to the backend, its files first; `onProgress` hears 0 to 1 over all files. */
export type CarryMessage = (
  outgoing: OutgoingMessage,
  onProgress: (fraction: number) => void,
) => Task<Message>

/**
 * Makes the carrier of one kit. Where the backend takes files apart from messages they go first, and a file that travelled
 * once does not travel again when the message around it is sent again (C5). `onUploaded` hears what a file is at the backend.
 */
export function createCarrier(
  transport: Transport,
  onUploaded: (remote: RemoteFile, file: LocalFile) => void = () => {},
): CarryMessage {
  /** By the message and the place in it: a file that was kept comes back as another object. */
  const uploadedById = new Map<string, Map<string, RemoteFile>>()

  return (outgoing, onProgress) => {
    const { clientId } = outgoing
    const uploaded = uploadedById.get(clientId) ?? new Map<string, RemoteFile>()
    const steps = createSteps()
    const files = transport.files?.purposes.includes('message') ? transport.files : undefined
    const fileCount = outgoing.parts.flatMap(localFiles).length
    let doneCount = 0

    async function upload<F extends LocalFile | RemoteFile>(file: F, place: string): Promise<F | RemoteFile> {
      if (!files || file.at !== 'local') return file
      const tell = (fraction: number) => onProgress((doneCount + fraction) / fileCount)
      const known = uploaded.get(place)
      const remote = known ?? (await steps.take(() => files.upload(file, 'message', tell)))
      uploadedById.set(clientId, uploaded.set(place, remote))
      // What must not be stored here is not, nor are its files (D10).
      if (!known && outgoing.delivery !== 'online-only') onUploaded(remote, file)
      doneCount++
      return remote
    }

    async function withRemoteFiles(part: Part, index: number): Promise<Part> {
      if (!('file' in part)) return part
      const { thumbnail } = part
      return {
        ...part,
        file: await upload(part.file, `${index}`),
        ...(thumbnail && { thumbnail: await upload(thumbnail, `${index}/thumbnail`) }),
      }
    }

    async function carry(): Promise<Message> {
      const parts: Part[] = []
      for (const [index, part] of outgoing.parts.entries()) parts.push(await withRemoteFiles(part, index))
      const tell = (index: number, fraction: number) => onProgress((index + fraction) / parts.length)
      const sent = await steps.take(() => transport.messages.send({ ...outgoing, parts }, tell))
      uploadedById.delete(clientId)
      return sent
    }
    return { result: carry(), cancel: steps.cancel }
  }
}

/** Work in steps, each begun only while nobody has called it back. */
function createSteps() {
  let current: Task<unknown> | undefined
  let isCancelled = false
  return {
    take<T>(begin: () => Task<T>): Promise<T> {
      if (isCancelled) throw cancelledError()
      const task = begin()
      current = task
      return task.result
    },
    cancel(): void {
      isCancelled = true
      current?.cancel()
    },
  }
}

function localFiles(part: Part): readonly LocalFile[] {
  if (!('file' in part)) return []
  return [part.file, part.thumbnail].filter((file): file is LocalFile => file?.at === 'local')
}
