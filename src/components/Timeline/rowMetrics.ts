import type { MeasureText } from './textLines'

/** What the heights of rows are made from, read off the page: the width there is, and the type. */
export interface RowMetrics {
  /** From edge to edge of a row, without what is kept free at both sides. */
  readonly widthPx: number
  readonly bubblePx: number
  readonly linePx: number
  readonly metaPx: number
  readonly smallPx: number
  readonly body: MeasureText
  readonly meta: MeasureText
  /** Names everything above: rows of the same name have the same heights. */
  readonly name: string
}

/** Widths are kept for so many pieces of text at the most. */
const mostWidths = 20_000
const widthsByFont = new Map<string, MeasureText>()

/** Reads them off the element that the rows lie in, whose own type is that of a message. */
export function readRowMetrics(scroller: HTMLElement): RowMetrics {
  const style = getComputedStyle(scroller)
  const px = (property: string, otherwise: number) => {
    const value = Number.parseFloat(style.getPropertyValue(property))
    return Number.isFinite(value) ? value : otherwise
  }
  const bodyPx = px('font-size', 14)
  const metaPx = px('--parley-size-meta', 12)
  const [bodyFont, metaFont] = [`${bodyPx}px ${style.fontFamily}`, `${metaPx}px ${style.fontFamily}`]
  const widthPx = Math.max(scroller.clientWidth - 2 * px('--timeline-inset', 24), 0)
  const bubblePx = px('--parley-bubble-width', 520)
  const linePx = px('line-height', bodyPx * 1.45)
  const smallPx = px('--parley-size-small', 13)
  return {
    ...{ widthPx, bubblePx, linePx, metaPx, smallPx },
    body: measureIn(bodyFont),
    meta: measureIn(metaFont),
    name: [widthPx, bubblePx, linePx, metaPx, smallPx, bodyFont].join('|'),
  }
}

function measureIn(font: string): MeasureText {
  const known = widthsByFont.get(font)
  if (known) return known
  const canvas = document.createElement('canvas').getContext('2d')
  if (canvas) canvas.font = font
  let widths = new Map<string, number>()
  const measure: MeasureText = (text) => {
    let width = widths.get(text)
    if (width === undefined) {
      if (widths.size >= mostWidths) widths = new Map()
      width = canvas?.measureText(text).width ?? 0
      widths.set(text, width)
    }
    return width
  }
  widthsByFont.set(font, measure)
  return measure
}
