import { blend, colour, type Canvas, type Colour } from './canvas'
import type { WorldRandom } from './random'

/** One way to paint; `light` counts how often the same view was painted before and shifts its colours. */
export interface Landscape {
  readonly name: string
  readonly isPortrait?: boolean
  readonly paint: (canvas: Canvas, random: WorldRandom, light: number) => void
}

/** Skies from the top to the horizon: dusk, morning, noon, evening, night. */
const SKIES = [
  ['#2d3a6e', '#8a5a8c', '#e88a6d', '#fbd3a0'],
  ['#7fb2d9', '#b9d7e8', '#f6e3cf', '#fdeedd'],
  ['#3f8fd0', '#7dbbe6', '#c4e3f2', '#eaf6f6'],
  ['#45284f', '#a9466a', '#f0774f', '#fcc55f'],
  ['#0d1838', '#1c2c5c', '#3b4a82', '#6d6fa3'],
].map((sky) => sky.map(colour))

/** A rolling line out of three waves. */
function ridge(random: WorldRandom, base: number, swing: number, pace: number): (x: number) => number {
  const [first, second, third] = [random.next() * 7, random.next() * 7, random.next() * 7]
  return (x) =>
    base +
    swing * Math.sin(x * pace + first) * 0.6 +
    swing * Math.sin(x * pace * 2.3 + second) * 0.3 +
    swing * Math.sin(x * pace * 5.1 + third) * 0.1
}

function sky(canvas: Canvas, index: number, horizon: number): Colour {
  const stops = SKIES[index % SKIES.length] ?? []
  canvas.gradient(0, horizon, stops)
  return stops[stops.length - 1] ?? [255, 255, 255]
}

function sun(canvas: Canvas, x: number, y: number, radius: number, paint: Colour): void {
  canvas.disc(x, y, radius, paint, { cover: 0.45, glow: radius * 2.4 })
  canvas.disc(x, y, radius, blend(paint, [255, 255, 255], 0.55))
}

function stars(canvas: Canvas, random: WorldRandom, count: number, lowest: number): void {
  for (let left = count; left > 0; left--) {
    canvas.disc(
      random.between(0, canvas.width),
      random.between(0, lowest),
      random.next() * 0.9,
      [255, 250, 230],
      {
        cover: 0.4 + random.next() * 0.6,
      },
    )
  }
}

function cloud(canvas: Canvas, random: WorldRandom, x: number, y: number, size: number): void {
  for (let puff = 0; puff < 6; puff++) {
    const dx = (puff - 2.5) * size * 0.55
    canvas.disc(
      x + dx,
      y - random.next() * size * 0.35,
      size * (0.45 + random.next() * 0.3),
      [255, 255, 255],
      { cover: 0.8 },
    )
  }
}

/** Short bright strokes, wider towards the viewer, as light lies on water. */
function glitter(canvas: Canvas, random: WorldRandom, x: number, top: number, paint: Colour): void {
  for (let y = top + 2; y < canvas.height; y += 3 + Math.floor((y - top) / 30)) {
    const spread = 8 + (y - top) * 0.28
    const length = 6 + random.next() * spread
    canvas.box(
      x - length / 2 + (random.next() - 0.5) * spread,
      y,
      length,
      1 + Math.floor((y - top) / 60),
      paint,
      0.65,
    )
  }
}

function boat(canvas: Canvas, x: number, y: number, size: number, sail: Colour): void {
  canvas.spire(x, y, size * 0.8, size * 1.3, sail)
  canvas.box(x - size * 0.5, y, size, size * 0.16, [60, 46, 54])
  canvas.box(x - size * 0.36, y + size * 0.16, size * 0.72, size * 0.1, [60, 46, 54])
}

function hills(canvas: Canvas, random: WorldRandom, light: number): void {
  const horizon = canvas.height * 0.75
  const haze = sky(canvas, light, horizon)
  sun(canvas, canvas.width * (0.25 + random.next() * 0.5), canvas.height * 0.42, 26, colour('#ffd98a'))
  const near = colour(['#23424a', '#2f5d50', '#2c6e49', '#4a2f4f', '#141e3c'][light % 5] ?? '#23424a')
  for (let layer = 0; layer < 5; layer++) {
    const base = canvas.height * (0.5 + layer * 0.105)
    canvas.under(
      ridge(random, base, 34 - layer * 3, 0.009 + layer * 0.002),
      blend(haze, near, 0.25 + layer * 0.18),
    )
  }
}

function sea(canvas: Canvas, random: WorldRandom, light: number): void {
  const horizon = Math.round(canvas.height * 0.56)
  const glow = sky(canvas, light + 3, horizon)
  const x = canvas.width * (0.35 + random.next() * 0.3)
  sun(canvas, x, horizon - 26, 30, colour('#ffe0a3'))
  canvas.gradient(horizon, canvas.height, [
    blend(glow, colour('#2f4a78'), 0.45),
    colour('#284a74'),
    colour('#14284a'),
  ])
  glitter(canvas, random, x, horizon, colour('#ffe9bd'))
  boat(canvas, canvas.width * 0.2, horizon + 30, 30, colour('#fdf3e3'))
  boat(canvas, canvas.width * 0.79, horizon + 10, 16, colour('#f6d9c0'))
}

function firs(canvas: Canvas, random: WorldRandom, light: number): void {
  const haze = sky(canvas, light + 1, canvas.height * 0.7)
  sun(canvas, canvas.width * 0.7, canvas.height * 0.26, 22, colour('#fff3d0'))
  const near = colour('#17342f')
  for (let layer = 0; layer < 4; layer++) {
    const line = ridge(random, canvas.height * (0.55 + layer * 0.13), 18, 0.012)
    const paint = blend(haze, near, 0.28 + layer * 0.24)
    canvas.under(line, paint)
    for (let x = random.between(0, 8); x < canvas.width; x += random.between(9, 15) + layer * 4) {
      const height = (20 + random.next() * 22) * (0.7 + layer * 0.32)
      canvas.spire(x, line(x) + 3, height * 0.5, height, paint)
    }
  }
}

function city(canvas: Canvas, random: WorldRandom, light: number): void {
  const haze = sky(canvas, light % 2 === 0 ? 4 : 0, canvas.height)
  stars(canvas, random, 60, canvas.height * 0.5)
  sun(canvas, canvas.width * 0.78, canvas.height * 0.22, 19, colour('#f7efd2'))
  for (let layer = 0; layer < 3; layer++) {
    const paint = blend(haze, colour('#0e1430'), 0.35 + layer * 0.3)
    for (let x = -10; x < canvas.width;) {
      const width = random.between(22, 46)
      const top = canvas.height * (0.38 + layer * 0.14) + random.between(-34, 44)
      canvas.box(x, top, width, canvas.height - top, paint)
      if (random.chance(0.25)) canvas.box(x + width / 2, top - 16, 2, 16, paint)
      if (layer > 0) windows(canvas, random, x, top, width)
      x += width + random.between(0, 5)
    }
  }
}

function windows(canvas: Canvas, random: WorldRandom, left: number, top: number, width: number): void {
  for (let y = top + 8; y < canvas.height - 6; y += 11) {
    for (let x = left + 5; x < left + width - 6; x += 9) {
      if (random.chance(0.4))
        canvas.box(x, y, 4, 5, random.pick([colour('#ffd77d'), colour('#ffbf66'), colour('#fff0c2')]), 0.9)
    }
  }
}

function desert(canvas: Canvas, random: WorldRandom, light: number): void {
  sky(canvas, light + 2, canvas.height * 0.62)
  sun(canvas, canvas.width * 0.3, canvas.height * 0.25, 24, colour('#fff0b8'))
  const sands = ['#f0cf9a', '#e4b377', '#d3945a', '#b9743f'].map(colour)
  sands.forEach((sand, layer) => {
    const line = ridge(random, canvas.height * (0.52 + layer * 0.13), 26, 0.008 + layer * 0.001)
    canvas.under(line, sand, blend(sand, colour('#8a4f2c'), 0.7))
  })
  for (const [x, size] of [
    [0.62, 26],
    [0.7, 18],
    [0.76, 13],
  ] as const) {
    const foot = canvas.height * 0.74
    canvas.spire(canvas.width * x, foot, size * 1.1, size, colour('#6b3f2b'))
  }
}

function aurora(canvas: Canvas, random: WorldRandom, light: number): void {
  sky(canvas, 4, canvas.height)
  stars(canvas, random, 80, canvas.height * 0.7)
  const paints =
    [
      ['#58e6a9', '#7ad7f0'],
      ['#b58cf2', '#58e6a9'],
      ['#f28cc6', '#7ad7f0'],
    ][light % 3] ?? []
  paints.map(colour).forEach((paint, band) => {
    const line = ridge(random, canvas.height * (0.3 + band * 0.1), 34, 0.011)
    for (let x = 0; x < canvas.width; x += 6) {
      const foot = Math.round(line(x))
      const height = 80 + 30 * Math.sin(x * 0.07 + band)
      for (let rise = 0; rise < height; rise += 6) {
        canvas.box(x, foot - rise, 6, 6, paint, 0.5 * (1 - rise / height))
      }
    }
  })
  const snow = ridge(random, canvas.height * 0.72, 30, 0.014)
  canvas.under(snow, colour('#39507d'), colour('#1b2748'))
  canvas.under(ridge(random, canvas.height * 0.86, 12, 0.01), colour('#dfe9f5'), colour('#9fb4d4'))
}

function lake(canvas: Canvas, random: WorldRandom, light: number): void {
  const shore = Math.round(canvas.height * 0.58)
  const haze = sky(canvas, light + 1, shore)
  cloud(canvas, random, canvas.width * 0.24, canvas.height * 0.16, 26)
  cloud(canvas, random, canvas.width * 0.72, canvas.height * 0.11, 20)
  for (let layer = 0; layer < 3; layer++) {
    const line = ridge(random, shore - 70 + layer * 30, 44 - layer * 12, 0.013 + layer * 0.004)
    const paint = blend(haze, colour('#2d4f73'), 0.35 + layer * 0.25)
    for (let x = 0; x < canvas.width; x++) {
      const edge = Math.min(shore, Math.round(line(x)))
      for (let y = edge; y < shore; y++) canvas.dot(x, y, paint)
      if (layer === 0)
        for (let y = edge; y < edge + 12 + 5 * Math.sin(x * 0.4); y++) canvas.dot(x, y, [250, 252, 255])
    }
  }
  mirror(canvas, shore)
}

/** Repeats what stands above the shore upside down, darker and with a slow ripple. */
function mirror(canvas: Canvas, shore: number): void {
  for (let y = shore; y < canvas.height; y++) {
    const from = Math.max(0, shore - 1 - Math.round((y - shore) * 1.25))
    const shift = Math.round(Math.sin(y * 0.5) * 2)
    for (let x = 0; x < canvas.width; x++) {
      const at = (from * canvas.width + Math.max(0, Math.min(canvas.width - 1, x + shift))) * 3
      const seen: Colour = [canvas.rgb[at] ?? 0, canvas.rgb[at + 1] ?? 0, canvas.rgb[at + 2] ?? 0]
      canvas.dot(x, y, blend(seen, colour('#1f4c6b'), 0.32))
    }
  }
}

function karst(canvas: Canvas, random: WorldRandom, light: number): void {
  const haze = sky(canvas, light + 1, canvas.height)
  canvas.disc(canvas.width * 0.68, canvas.height * 0.2, 24, colour('#e8694a'), { cover: 0.9 })
  for (let layer = 0; layer < 5; layer++) {
    const paint = blend(haze, colour('#26474f'), 0.2 + layer * 0.16)
    const foot = canvas.height * (0.5 + layer * 0.11)
    const peaks = Array.from(
      { length: 5 },
      () => [random.between(0, canvas.width), random.between(26, 48), random.between(40, 130)] as const,
    )
    const top = (x: number) =>
      Math.min(foot, ...peaks.map(([at, wide, tall]) => foot - tall * Math.exp(-(((x - at) / wide) ** 4))))
    canvas.under(top, paint, blend(paint, haze, 0.9))
  }
}

function lanterns(canvas: Canvas, random: WorldRandom, light: number): void {
  canvas.gradient(0, canvas.height, [
    colour('#191338'),
    colour('#3b1f57'),
    colour(light % 2 ? '#7a3358' : '#8a3b4a'),
  ])
  stars(canvas, random, 70, canvas.height * 0.6)
  for (let left = 26; left > 0; left--) {
    const [x, y, size] = [
      random.between(8, canvas.width - 8),
      random.between(10, canvas.height * 0.86),
      4 + random.next() * 9,
    ]
    const paint = random.pick(['#ffb347', '#ff8c42', '#ffd37a']).toString()
    canvas.disc(x, y, size, colour(paint), { cover: 0.35, glow: size * 2.2 })
    canvas.box(x - size * 0.6, y - size * 0.8, size * 1.2, size * 1.6, colour(paint), 0.95)
    canvas.box(x - size * 0.35, y + size * 0.2, size * 0.7, size * 0.5, colour('#fff1c9'), 0.9)
  }
  canvas.under(ridge(random, canvas.height * 0.9, 16, 0.016), colour('#120d24'))
}

function meadow(canvas: Canvas, random: WorldRandom, light: number): void {
  sky(canvas, 2 - (light % 2), canvas.height * 0.6)
  cloud(canvas, random, canvas.width * 0.3, canvas.height * 0.17, 24)
  cloud(canvas, random, canvas.width * 0.75, canvas.height * 0.28, 16)
  canvas.under(ridge(random, canvas.height * 0.5, 20, 0.012), colour('#9cc5a1'))
  canvas.under(ridge(random, canvas.height * 0.6, 16, 0.01), colour('#6fae6f'), colour('#4d8f57'))
  canvas.under(ridge(random, canvas.height * 0.74, 10, 0.008), colour('#4f9a55'), colour('#2f6b40'))
  for (let left = 190; left > 0; left--) {
    const depth = random.next()
    const y = canvas.height * (0.77 + depth * 0.22)
    const paint = random.pick(['#f6c945', '#f2709c', '#ffffff', '#ef5b5b', '#b48bf0'])
    canvas.disc(random.between(0, canvas.width), y, 1 + depth * 2.4, colour(paint))
  }
}

/** Every view, in the order of their numbers. */
export const LANDSCAPES: readonly Landscape[] = [
  { name: 'evening-sea', paint: sea },
  { name: 'hills', paint: hills },
  { name: 'fir-forest', paint: firs },
  { name: 'city-at-night', paint: city },
  { name: 'lake', paint: lake },
  { name: 'karst-mountains', isPortrait: true, paint: karst },
  { name: 'dunes', paint: desert },
  { name: 'northern-lights', paint: aurora },
  { name: 'lanterns', isPortrait: true, paint: lanterns },
  { name: 'meadow', paint: meadow },
]
