/** The sound or film that plays now: two at a time are understood by nobody. */
let playing: HTMLMediaElement | undefined

/** Tells that this one begins; what played before stops. */
export function noteBegin(player: HTMLMediaElement): void {
  if (playing !== player) playing?.pause()
  playing = player
}

/** Tells that this one is gone. */
export function noteEnd(player: HTMLMediaElement): void {
  if (playing === player) playing = undefined
}
