let audio: AudioContext | undefined

/** Two short tones. A page that nobody has touched yet may make no sound, and is silent. */
export function ring(): void {
  if (typeof AudioContext === 'undefined' || !mayBeHeard()) return
  try {
    audio ??= new AudioContext()
    if (audio.state === 'suspended') audio.resume().catch(() => {})
    tone(audio, 660, 0)
    tone(audio, 880, 0.12)
  } catch {
    // No sound is no reason to stop.
  }
}

/** Where a browser does not say whether the page was touched, it decides by itself. */
function mayBeHeard(): boolean {
  const { userActivation } = navigator as { userActivation?: { readonly hasBeenActive: boolean } }
  return userActivation?.hasBeenActive !== false
}

function tone(context: AudioContext, hertz: number, delayS: number): void {
  const from = context.currentTime + delayS
  const volume = context.createGain()
  volume.gain.setValueAtTime(0.0001, from)
  volume.gain.exponentialRampToValueAtTime(0.08, from + 0.01)
  volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.16)
  const source = context.createOscillator()
  source.frequency.value = hertz
  source.connect(volume).connect(context.destination)
  source.start(from)
  source.stop(from + 0.18)
}
