import { catalogueError } from '../../core/errors'
import type { Recorder, Recording } from '../../core/ports'
import type { ChatError, LocalFile } from '../../model'

/** The first one that the browser can write; the one most others can play stands first. */
const TYPES = ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus', '']
const ENDINGS: Readonly<Record<string, string>> = { 'audio/mp4': 'm4a', 'audio/ogg': 'ogg' }
const LEVEL_EVERY_MS = 60
/** Speech is seldom louder than this; what is louder is drawn as tall as this. */
const LOUD = 0.35

/** Absent where the browser records nothing, as on pages that came over an open wire. */
export const webRecorder: Recorder | undefined =
  typeof MediaRecorder === 'undefined' || typeof navigator === 'undefined' || !navigator.mediaDevices
    ? undefined
    : { record }

async function record(onLevel: (level: number) => void): Promise<Recording> {
  const stream = await openMicrophone()
  try {
    return recordStream(stream, onLevel)
  } catch {
    for (const track of stream.getTracks()) track.stop()
    throw catalogueError('parley', 'microphone-busy')
  }
}

async function openMicrophone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true })
  } catch (thrown) {
    throw refusal(thrown)
  }
}

function refusal(thrown: unknown): ChatError {
  const name = thrown instanceof DOMException ? thrown.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return catalogueError('parley', 'microphone-refused', { cause: thrown })
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') {
    return catalogueError('parley', 'microphone-missing', { cause: thrown })
  }
  return catalogueError('parley', 'microphone-busy', { cause: thrown })
}

function recordStream(stream: MediaStream, onLevel: (level: number) => void): Recording {
  const mimeType = TYPES.find((type) => type === '' || MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {})
  const pieces: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => data.size > 0 && pieces.push(data))
  // Pieces come every second, so that a recorder that dies leaves what there was.
  recorder.start(1_000)
  // Afterwards, for nobody would end it where the recorder does not start.
  const stopLevels = watchLevels(stream, (level) => recorder.state === 'recording' && onLevel(level))

  function end(): void {
    stopLevels()
    for (const track of stream.getTracks()) track.stop()
  }
  return {
    pause: () => recorder.state === 'recording' && recorder.pause(),
    resume: () => recorder.state === 'paused' && recorder.resume(),
    async finish() {
      if (recorder.state !== 'inactive') {
        const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }))
        recorder.stop()
        await stopped
      }
      end()
      return fileOf(pieces, recorder.mimeType)
    },
    cancel() {
      if (recorder.state !== 'inactive') recorder.stop()
      end()
    },
  }
}

function fileOf(pieces: readonly Blob[], type: string): LocalFile {
  // What goes with the type is not part of it for those who send files on.
  const mime = type.split(';')[0] || 'audio/webm'
  const blob = new Blob([...pieces], { type: mime })
  const name = `voice.${ENDINGS[mime] ?? 'webm'}`
  return { at: 'local', source: 'blob', value: blob, name, bytes: blob.size, mime }
}

/** How loud a stream is, some times a second. Where nobody can say, nothing is said. */
function watchLevels(stream: MediaStream, onLevel: (level: number) => void): () => void {
  if (typeof AudioContext === 'undefined') return () => {}
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
    onLevel(Math.min(1, Math.sqrt(power) / LOUD))
  }, LEVEL_EVERY_MS)
  return () => {
    clearInterval(timer)
    context.close().catch(() => {})
  }
}
