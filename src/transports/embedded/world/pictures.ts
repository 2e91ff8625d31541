import { Canvas } from './canvas'
import { LANDSCAPES } from './landscapes'
import { encodePng } from './png'
import { createWorldRandom } from './random'

const KEY = /^picture:(\d{1,4})$/

/** What a message says about a picture before its bytes are there. */
export interface PictureCard {
  readonly key: string
  readonly name: string
  readonly width: number
  readonly height: number
}

/** How many landscapes there are; a higher number shows one of them again under another light. */
export const PICTURE_COUNT = LANDSCAPES.length

/** Name and size of picture `n`, without painting it. */
export function pictureCard(n: number): PictureCard {
  const landscape = landscapeOf(n)
  const [width, height] = landscape.isPortrait ? [300, 420] : [480, 300]
  return { key: `picture:${n}`, name: `${landscape.name}-${n}.png`, width, height }
}

/** The PNG file behind a key `picture:<n>`; undefined for any other key. The same key gives the same bytes. */
export function renderPicture(key: string): Uint8Array | undefined {
  const digits = KEY.exec(key)?.[1]
  if (digits === undefined) return undefined
  const n = Number(digits)
  const { width, height } = pictureCard(n)
  const canvas = new Canvas(width, height)
  const random = createWorldRandom(n + 1).fork('picture')
  landscapeOf(n).paint(canvas, random, Math.floor(n / LANDSCAPES.length))
  return encodePng(width, height, canvas.rgb)
}

function landscapeOf(n: number) {
  const landscape = LANDSCAPES[n % LANDSCAPES.length]
  if (landscape === undefined) throw new RangeError(`no picture ${n}`)
  return landscape
}
