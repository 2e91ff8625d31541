import { cancelledError } from '../core/outbox'
import type { Transport } from '../core/ports'
import type { LocalFile, Message, OutgoingMessage, Part, RemoteFile, Task } from '../model'

/** Files that travelled once do not travel again when the message around them is sent again (C5). */
const uploaded = new WeakMap<LocalFile, RemoteFile>()

/**
 * Carries one message to the backend: first its files where the backend takes files apart from messages, then the
 * message. `onProgress` hears 0 to 1 over all files.
 */
export function carryMessage(
  transport: Transport,
  outgoing: OutgoingMessage,
  onProgress: (fraction: number) => void,
): Task<Message> {
  let current: Task<unknown> | undefined
  let isCancelled = false

  function step<T>(task: Task<T>): Promise<T> {
    if (isCancelled) throw cancelledError()
    current = task
    return task.result
  }

  async function carry(): Promise<Message> {
    const { files } = transport
    const fileCount = outgoing.parts.filter((part) => localFile(part)).length
    const parts: Part[] = []
    let doneCount = 0
    for (const part of outgoing.parts) {
      const file = localFile(part)
      if (!file || !('file' in part) || !files?.purposes.includes('message')) {
        parts.push(part)
        continue
      }
      const remote =
        uploaded.get(file) ??
        (await step(
          files.upload(file, 'message', (fraction) => onProgress((doneCount + fraction) / fileCount)),
        ))
      uploaded.set(file, remote)
      doneCount++
      parts.push({ ...part, file: remote })
    }
    return step(
      transport.messages.send({ ...outgoing, parts }, (index, fraction) =>
        onProgress((index + fraction) / outgoing.parts.length),
      ),
    )
  }

  return {
    result: carry(),
    cancel() {
      isCancelled = true
      current?.cancel()
    },
  }
}

function localFile(part: Part): LocalFile | undefined {
  return 'file' in part && part.file.at === 'local' ? part.file : undefined
}
