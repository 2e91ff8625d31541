import { afterEach, describe, expect, it } from 'vitest'
import '../../src/styles/index.css'

afterEach(() => {
  document.documentElement.removeAttribute('style')
  document.documentElement.removeAttribute('data-parley-theme')
  document.body.replaceChildren()
})

const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })

/** Red, green and blue as the screen gets them. */
function pixelOf(colour: string): [number, number, number] {
  if (!canvas) throw new Error('no canvas')
  canvas.fillStyle = colour
  canvas.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data
  return [red, green, blue]
}

function luminance(colour: string): number {
  const [red, green, blue] = pixelOf(colour).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** The colour a token has in an element with a theme, below a wrapper with an accent. */
function themed(theme: 'light' | 'dark', accent?: string) {
  const wrapper = document.createElement('div')
  if (accent !== undefined) wrapper.style.setProperty('--parley-accent', accent)
  const element = document.createElement('div')
  element.dataset['parleyTheme'] = theme
  wrapper.append(element)
  document.body.append(wrapper)
  return (token: string) => {
    element.style.color = `var(--parley-${token})`
    return getComputedStyle(element).color
  }
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  return made
}

const accents = [
  '#000',
  '#fff',
  '#808080',
  ...[0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330].flatMap((hue) => [
    `oklch(0.35 0.1 ${hue})`,
    `oklch(0.6 0.2 ${hue})`,
    `oklch(0.9 0.12 ${hue})`,
  ]),
]

/** What is written on what, and how far they must at least stand apart. */
const pairs = [
  ['accent-tone', 'panel', 4.5],
  ['accent-tone', 'thread', 4.5],
  ['accent-tone', 'bubble-in', 4.5],
  ['accent-tone', 'accent-soft', 4.5],
  ['accent-ink', 'accent-tone', 4.5],
  ['accent-ink', 'accent-strong', 4.5],
  ['accent-tone', 'bubble-out', 3],
  ['ink', 'bubble-out', 7],
  ['ink-2', 'bubble-out', 4.5],
  ['ink-2', 'accent-soft', 4.5],
  ['ink-3', 'accent-soft', 4.5],
] as const

describe.each(['light', 'dark'] as const)('the colours of the %s theme', (theme) => {
  it('can be read whatever the accent is', () => {
    const tooNear = [undefined, ...accents].flatMap((accent) => {
      const colourOf = themed(theme, accent)
      return pairs.flatMap(([words, ground, least]) => {
        const found = contrast(colourOf(words), colourOf(ground))
        return found >= least ? [] : [`${words} on ${ground} for ${accent}: ${found.toFixed(2)}`]
      })
    })
    expect(tooNear).toEqual([])
  })

  it('follow an accent of the page and one nearer by', () => {
    const family = ['accent-tone', 'accent-strong', 'accent-soft', 'accent-line', 'bubble-out']
    const look = (accent?: string) => family.map((token) => pixelOf(themed(theme, accent)(token)).join())
    const own = look()
    document.documentElement.style.setProperty('--parley-accent', '#c2255c')
    const pink = look()
    const blue = look('#1c7ed6')
    for (const place of family.keys()) {
      expect(new Set([own[place], pink[place], blue[place]]).size).toBe(3)
    }
  })

  it('follow an accent that is set around a root of the kit, and a role that is set on it', () => {
    const root = element('div', 'parley')
    const around = document.createElement('div')
    around.style.setProperty('--parley-accent', '#c2255c')
    around.append(root)
    const themedPage = document.createElement('div')
    themedPage.dataset['parleyTheme'] = theme
    themedPage.append(around)
    document.body.append(themedPage)
    root.style.color = 'var(--parley-bubble-out)'
    expect(pixelOf(getComputedStyle(root).color)).toEqual(pixelOf(themed(theme, '#c2255c')('bubble-out')))
    const inner = root.appendChild(element('div', 'parley'))
    inner.style.color = 'var(--parley-bubble-out)'
    const own = 'var(--parley-if-light, rgb(1 2 3)) var(--parley-if-dark, rgb(4 5 6))'
    root.style.setProperty('--parley-bubble-out', own)
    expect(pixelOf(getComputedStyle(inner).color)).toEqual(theme === 'light' ? [1, 2, 3] : [4, 5, 6])
    root.removeAttribute('style')
    expect(getComputedStyle(root).colorScheme).toBe(theme)
  })

  it('leave grey grey where neutral colours are mixed', () => {
    const mixed = pixelOf(
      themed(theme)('ink') &&
        `color-mix(in oklab, ${themed(theme)('thread')} 55%, ${themed(theme)('panel')})`,
    )
    expect(Math.max(...mixed) - Math.min(...mixed)).toBeLessThan(14)
  })
})

describe('a theme', () => {
  it('may stand in another one, and is light where there is none', () => {
    const panel = (theme: 'light' | 'dark') => pixelOf(themed(theme)('panel')).join()
    document.documentElement.dataset['parleyTheme'] = 'dark'
    const inner = document.body.appendChild(document.createElement('div'))
    inner.style.color = 'var(--parley-panel)'
    const look = () => pixelOf(getComputedStyle(inner).color).join()
    expect(look()).toBe(panel('dark'))
    inner.dataset['parleyTheme'] = 'light'
    expect(look()).toBe(panel('light'))
    inner.removeAttribute('data-parley-theme')
    document.documentElement.removeAttribute('data-parley-theme')
    expect(look()).toBe(panel('light'))
  })
})

describe("the page's rules for its own elements", () => {
  it('do not reach elements of the kit, and do reach what an app puts into a slot', () => {
    const page = document.head.appendChild(document.createElement('style'))
    page.textContent = `h2 { text-transform: uppercase } header { position: sticky; background: red }
      p { text-indent: 2em } label { font-weight: 700 } section { word-spacing: 9px }`
    const section = element('section', 'parley')
    const header = element('header', 'parley-header')
    header.append(element('h2', 'parley-title'))
    section.append(
      header,
      element('p', 'parley-text'),
      element('label', 'parley-label'),
      element('h2', 'own'),
    )
    document.body.append(section)
    const styleOf = (selector: string) => {
      const found = document.querySelector(selector)
      if (!found) throw new Error(`no ${selector}`)
      return getComputedStyle(found)
    }
    expect(styleOf('.parley-title').textTransform).toBe('none')
    expect(styleOf('.parley-header').position).toBe('static')
    expect(styleOf('.parley-header').backgroundColor).toBe('rgba(0, 0, 0, 0)')
    expect(styleOf('.parley-text').textIndent).toBe('0px')
    expect(styleOf('.parley-label').fontWeight).toBe('400')
    expect(styleOf('.own').textTransform).toBe('uppercase')
    page.remove()
  })
})
