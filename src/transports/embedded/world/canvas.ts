/** A colour as red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number]

/** Reads `#rrggbb`. */
export function colour(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 0xff, value & 0xff]
}

/** The colour between two, `share` of the way. */
export function blend(from: Colour, to: Colour, share: number): Colour {
  const mix = (one: number, other: number) => one + (other - one) * share
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])]
}

/** A plain bitmap with the few strokes that landscapes need. */
export class Canvas {
  readonly rgb: Uint8Array

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.rgb = new Uint8Array(width * height * 3)
  }

  /** Lays a colour over one pixel; `cover` 1 hides what was there. */
  dot(x: number, y: number, paint: Colour, cover = 1): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height || cover <= 0) return
    const at = (y * this.width + x) * 3
    const share = Math.min(1, cover)
    for (let channel = 0; channel < 3; channel++) {
      const under = this.rgb[at + channel] ?? 0
      this.rgb[at + channel] = Math.round(under + ((paint[channel] ?? 0) - under) * share)
    }
  }

  /** Fills the rows from `top` to `bottom` with colours that pass into each other. */
  gradient(top: number, bottom: number, stops: readonly Colour[]): void {
    for (let y = Math.floor(top); y < bottom; y++) {
      const place = ((y - top) / Math.max(1, bottom - top - 1)) * (stops.length - 1)
      const index = Math.min(stops.length - 2, Math.floor(place))
      const [from, to] = [stops[index], stops[index + 1]]
      if (from === undefined || to === undefined) continue
      const paint = blend(from, to, place - index)
      for (let x = 0; x < this.width; x++) this.dot(x, y, paint)
    }
  }

  /** A round spot with a soft edge; with `glow` it fades out over that many pixels. */
  disc(
    centreX: number,
    centreY: number,
    radius: number,
    paint: Colour,
    options: { cover?: number; glow?: number } = {},
  ): void {
    const { cover = 1, glow = 1 } = options
    const reach = Math.ceil(radius + glow)
    for (let y = Math.floor(centreY - reach); y <= centreY + reach; y++) {
      for (let x = Math.floor(centreX - reach); x <= centreX + reach; x++) {
        const beyond = Math.hypot(x - centreX, y - centreY) - radius
        const fade = Math.max(0, Math.min(1, 1 - beyond / glow))
        // A glow falls in steps, so that neighbouring pixels repeat and the file stays small.
        this.dot(x, y, paint, cover * (glow > 1 ? Math.round(fade * fade * 10) / 10 : fade))
      }
    }
  }

  /** An upright box. */
  box(left: number, top: number, width: number, height: number, paint: Colour, cover = 1): void {
    for (let y = Math.floor(top); y < top + height; y++) {
      for (let x = Math.floor(left); x < left + width; x++) this.dot(x, y, paint, cover)
    }
  }

  /** Fills everything under a line; `deep` is the colour at the foot of the picture. */
  under(line: (x: number) => number, paint: Colour, deep: Colour = paint): void {
    for (let x = 0; x < this.width; x++) {
      const edge = line(x)
      const first = Math.floor(edge)
      for (let y = Math.max(0, first); y < this.height; y++) {
        // Steps of eight rows keep neighbouring pixels alike, so that the file stays small.
        const share = Math.floor((y - first) / 8) / Math.max(1, this.height / 8)
        this.dot(x, y, blend(paint, deep, Math.min(1, share)), y === first ? 1 - (edge - first) : 1)
      }
    }
  }

  /** A slender triangle that stands on `foot`: a fir, a sail, a roof. */
  spire(x: number, foot: number, width: number, height: number, paint: Colour): void {
    for (let row = 0; row < height; row++) {
      const half = (width / 2) * (row / height)
      const y = Math.round(foot - height + row)
      for (let across = Math.ceil(-half); across <= half; across++) this.dot(Math.round(x + across), y, paint)
    }
  }
}
