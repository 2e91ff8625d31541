import { afterEach, describe, expect, it, vi } from 'vitest'
import { webRecorder } from '../../../src/platform/web/recorder'

afterEach(() => vi.restoreAllMocks())

describe('the microphone of a browser', () => {
  it('gives a sound that can be played, and says how loud it is meanwhile', async () => {
    const levels: number[] = []
    const recording = await webRecorder!.record((level) => levels.push(level))
    // The test device beeps once a second, so some of it is loud and some quiet.
    await vi.waitFor(() => expect(Math.max(...levels)).toBeGreaterThan(0.1), { timeout: 20_000 })
    recording.pause()
    const heard = levels.length
    recording.resume()
    await vi.waitFor(() => expect(levels.length).toBeGreaterThan(heard), { timeout: 20_000 })
    const file = await recording.finish()
    expect(file).toMatchObject({ at: 'local', source: 'blob', bytes: (file.value as Blob).size })
    expect(file.mime).toMatch(/^audio\/[a-z0-9]+$/)
    expect(levels.every((level) => level >= 0 && level <= 1)).toBe(true)
    const context = new AudioContext()
    const sound = await context.decodeAudioData(await (file.value as Blob).arrayBuffer())
    expect(sound.duration).toBeGreaterThan(0)
    await context.close()
  })

  it('lets go of the microphone when it ends', async () => {
    const opened: MediaStream[] = []
    const { mediaDevices } = navigator
    const real = mediaDevices.getUserMedia.bind(mediaDevices)
    vi.spyOn(mediaDevices, 'getUserMedia').mockImplementation(async (wanted) => {
      const stream = await real(wanted)
      opened.push(stream)
      return stream
    })
    const first = await webRecorder!.record(() => {})
    await first.finish()
    const second = await webRecorder!.record(() => {})
    second.cancel()
    expect(opened.flatMap((stream) => stream.getTracks().map(({ readyState }) => readyState))).toEqual([
      'ended',
      'ended',
    ])
  })

  it.each([
    ['NotAllowedError', 'microphone-refused'],
    ['NotFoundError', 'microphone-missing'],
    ['NotReadableError', 'microphone-busy'],
  ])('says of %s that it is %s', async (name, code) => {
    vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('no', name))
    await expect(webRecorder!.record(() => {})).rejects.toMatchObject({ domain: 'parley', code })
  })
})
