import type { LocalFile, Message, RemoteFile } from '../../../model'
import { answerOrRefusal, ensure, ensureChatError, ensureSame, refusalOf } from '../ensure'
import { fresh, isSame, outgoing } from '../person'
import type { Person } from '../person'
import type { Check, Suite } from '../topic'

/** A file of this machine that holds the given bytes. */
function localFile(bytes: Uint8Array, name = 'a.bin', mime = 'application/octet-stream'): LocalFile {
  return { at: 'local', source: 'bytes', value: bytes, name, bytes: bytes.length, mime }
}

/** Bytes that differ from each other. */
function bytesOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_n, i) => (i * 31 + length) % 256)
}

/** What is behind a file, as a peer loads it. */
async function load({ transport }: Person, file: RemoteFile, of?: Message): Promise<Uint8Array> {
  const { url } =
    file.url === undefined || file.url === '' ? ((await transport.files?.resolve?.(file, of)) ?? file) : file
  ensure(url !== undefined && url !== '', 'the file has no url, and files.resolve gives it none')
  const response = await fetch(url)
  ensure(response.ok, `the url answers ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** Files from one end to the other. */
export function fileChecks(suite: Suite): void {
  suite.topic('Files', (check) => {
    uploadChecks(check)
    sendChecks(check)
    refusalChecks(check)
  })
}

function uploadChecks(check: Check): void {
  check('contract: files', 'says what it takes', ['files.upload'], async ({ one }) => {
    const purposes = (await one()).transport.files?.purposes ?? []
    ensure(
      purposes.length > 0 && purposes.every((it) => it === 'message' || it === 'avatar'),
      `purposes is ${purposes.join(', ')}`,
    )
  })
  for (const purpose of ['message', 'avatar'] as const) {
    check('C4', `takes a file as '${purpose}', if it says so`, ['files.upload'], async ({ one }) => {
      const person = await one()
      if (!person.transport.files?.purposes.includes(purpose)) return
      const file = await person.transport.files.upload(localFile(bytesOf(100)), purpose).result
      ensureSame(file.at, 'remote', 'where it is')
      ensure(file.url !== undefined || file.key !== undefined, 'it has neither key nor url')
    })
  }
  for (const length of [1, 2, 1_000, 70_000]) {
    check('C4', `gives back ${length} bytes as they were`, ['files.upload'], async ({ one }) => {
      const person = await one()
      const bytes = bytesOf(length)
      const file = await person.transport.files?.upload(localFile(bytes), purposeOf(person)).result
      ensure(file, 'upload gives no file')
      ensureSame([...(await load(person, file))], [...bytes], 'the bytes')
    })
  }
  for (const name of [
    'a.png',
    'ü ö.txt',
    '文件 (1).pdf',
    'a&b<c>.txt',
    "it's.doc",
    '100%.txt',
    'noextension',
    '.hidden',
    'a/b\\c.txt',
  ]) {
    check('C4', `takes a file called ${name}`, ['files.upload'], async ({ one }) => {
      const person = await one()
      const { answer } = await answerOrRefusal(
        () => person.transport.files?.upload(localFile(bytesOf(10), name, 'text/plain'), purposeOf(person)),
        'upload',
      )
      if (!answer) return
      ensureSame([...(await load(person, answer as RemoteFile))], [...bytesOf(10)], 'the bytes')
    })
  }
  check('C6', 'tells progress from nothing to all', ['files.upload'], async ({ one }) => {
    const person = await one()
    const told: number[] = []
    await person.transport.files?.upload(localFile(bytesOf(50_000)), purposeOf(person), (fraction) =>
      told.push(fraction),
    ).result
    ensure(
      told.every((fraction) => fraction >= 0 && fraction <= 1),
      `the fractions ${told.join(', ')}`,
    )
    ensure(
      told.every((fraction, i) => i === 0 || fraction >= (told[i - 1] ?? 0)),
      `progress goes back: ${told.join(', ')}`,
    )
  })
  check('C6', 'is cancelled, or has been too late for that', ['files.upload'], async ({ one }) => {
    const person = await one()
    const task = person.transport.files?.upload(localFile(bytesOf(70_000)), purposeOf(person))
    task?.cancel()
    task?.cancel()
    const outcome = await task?.result.catch((thrown: unknown) =>
      ensureChatError(thrown, 'a cancelled upload'),
    )
    if (outcome && 'kind' in outcome) ensureSame(outcome.kind, 'cancelled', 'the kind of the error')
  })
  check('C4', 'takes several at once', ['files.upload'], async ({ one }) => {
    const person = await one()
    const upload = (length: number) => uploaded(person, bytesOf(length))
    for (const [i, file] of (await Promise.all([upload(10), upload(20), upload(30)])).entries()) {
      ensureSame((await load(person, file)).length, (i + 1) * 10, 'the length')
    }
  })
}

async function uploaded(person: Person, bytes: Uint8Array): Promise<RemoteFile> {
  const file = await person.transport.files?.upload(localFile(bytes), purposeOf(person)).result
  ensure(file, 'upload gives no file')
  return file
}

function purposeOf({ transport }: Person): 'message' | 'avatar' {
  return transport.files?.purposes.includes('message') ? 'message' : 'avatar'
}

function sendChecks(check: Check): void {
  for (const kind of ['image', 'video', 'audio', 'file'] as const) {
    check(
      'C4',
      `carries ${kind} from one end to the other`,
      ['files.upload', 'messages.send'],
      async ({ direct }) => {
        const { one, two, oneId } = await direct()
        const bytes = bytesOf(300)
        const local = localFile(bytes, `a ${kind}.bin`)
        const file = one.transport.files?.purposes.includes('message')
          ? await one.transport.files.upload(local, 'message').result
          : local
        const verdict = one.transport.can('messages.send', { conversationId: oneId, part: kind })
        const { answer, refusal } = await answerOrRefusal(
          () => one.transport.messages.send(outgoing(oneId, '', { parts: [{ kind, file }] })),
          'send',
        )
        ensure(
          answer || verdict !== 'yes',
          `can('messages.send') says yes, and send refuses with ${refusal?.code}`,
        )
        if (!answer) return
        const got = await two.hears('it comes', () =>
          two.received().find((it) => isSame(it, answer as Message)),
        )
        const [part] = got.parts
        ensure(part && 'file' in part && part.file.at === 'remote', 'the part has no remote file')
        ensureSame(part.kind, kind, 'the kind of part')
        ensureSame([...(await load(two, part.file, got))], [...bytes], 'the bytes')
      },
    )
  }
  check('C12', 'resolves a file again', ['files.upload', 'files.resolve'], async ({ one }) => {
    const person = await one()
    const file = await person.transport.files?.upload(localFile(bytesOf(40)), purposeOf(person)).result
    ensure(file, 'upload gives no file')
    for (let turn = 0; turn < 2; turn++) {
      const resolved = await person.transport.files?.resolve?.(file)
      ensure(resolved?.url, 'it has no url')
      ensureSame((await load(person, resolved)).length, 40, 'the length')
    }
  })
  check('C13', 'leaves a file that lives elsewhere as it is', ['files.resolve'], async ({ one }) => {
    const { transport } = await one()
    const url = 'https://files.example/a.png'
    const { answer } = await answerOrRefusal(
      () => transport.files?.resolve?.({ at: 'remote', url }),
      'resolve',
    )
    if (answer) ensureSame((answer as RemoteFile).url, url, 'the url')
  })
}

function refusalChecks(check: Check): void {
  check('C4', 'refuses a file without a byte', ['files.upload'], async ({ one }) => {
    const person = await one()
    const error = await refusalOf(
      () => person.transport.files?.upload(localFile(new Uint8Array()), purposeOf(person)),
      'uploading nothing',
    )
    ensure(error.effect === 'none', 'nothing was sent, so the effect is none')
  })
  check('C4', 'refuses a file that is not there', ['files.upload'], async ({ one }) => {
    const person = await one()
    const broken: LocalFile = {
      at: 'local',
      source: 'bytes',
      value: undefined,
      name: 'a',
      bytes: 10,
      mime: 'text/plain',
    }
    await refusalOf(
      () => person.transport.files?.upload(broken, purposeOf(person)),
      'uploading what is not there',
    )
  })
  check('C12', 'refuses to resolve what is gone', ['files.resolve'], async ({ one }) => {
    const { transport } = await one()
    const { answer } = await answerOrRefusal(
      () => transport.files?.resolve?.({ at: 'remote', key: fresh('no such file') }),
      'resolve',
    )
    ensure(!(answer as RemoteFile | undefined)?.url, 'it made up a url')
  })
}
