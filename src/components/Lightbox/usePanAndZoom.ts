import createPanzoom, { type PanzoomObject } from '@panzoom/panzoom'
import { onMounted, onScopeDispose, shallowRef, type ShallowRef } from 'vue'

/** Moving and enlarging one element inside its parent. */
export interface PanAndZoom {
  /** 1: as large as it fits. */
  readonly scale: ShallowRef<number>
  /** In steps, around the middle. */
  zoomIn(): void
  zoomOut(): void
  /** As large as it fits, in the middle. */
  fit(): void
  /** Enlarges what lies under the pointer, or shows all of it again. */
  toggleAt(point: { readonly clientX: number; readonly clientY: number }): void
  /** Moves what is enlarged, in CSS pixels. */
  move(x: number, y: number): void
  /** Follows the wheel of a mouse and the pinch of a touchpad. */
  onWheel(event: WheelEvent): void
}

/** No picture is of use beyond this. */
const MOST_SCALE = 8
const CLOSER_SCALE = 2.5
/** A picture a hair larger than it fits still fits. */
const HAIR = 0.01

/** Lets an element be moved and enlarged by pointer, pinch, wheel and calls; it must be in the page when mounted. */
export function usePanAndZoom(element: () => HTMLElement | null): PanAndZoom {
  let panzoom: PanzoomObject | undefined
  const scale = shallowRef(1)
  const animate = !matchMedia('(prefers-reduced-motion: reduce)').matches

  function onChange(event: Event): void {
    scale.value = (event as CustomEvent<{ readonly scale: number }>).detail.scale
  }
  onMounted(() => {
    const moved = element()
    if (!moved) return
    panzoom = createPanzoom(moved, {
      minScale: 1,
      maxScale: MOST_SCALE,
      panOnlyWhenZoomed: true,
      pinchAndPan: true,
      cursor: 'default',
    })
    moved.addEventListener('panzoomchange', onChange)
  })
  onScopeDispose(() => {
    element()?.removeEventListener('panzoomchange', onChange)
    panzoom?.destroy()
  })

  /** What fits stands in the middle. */
  function settle(): void {
    if (panzoom && panzoom.getScale() <= 1 + HAIR) panzoom.reset({ animate })
  }
  return {
    scale,
    zoomIn: () => panzoom?.zoomIn({ animate }),
    zoomOut() {
      panzoom?.zoomOut({ animate })
      settle()
    },
    fit: () => panzoom?.reset({ animate }),
    toggleAt(point) {
      if (scale.value > 1 + HAIR) panzoom?.reset({ animate })
      else panzoom?.zoomToPoint(CLOSER_SCALE, point, { animate })
    },
    move: (x, y) => panzoom?.pan(x, y, { animate, relative: true }),
    onWheel(event) {
      panzoom?.zoomWithWheel(event, { animate: false })
      settle()
    },
  }
}
