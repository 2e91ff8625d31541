/** The largest and the smallest picture in a bubble, in pixels. */
const most = { width: 360, height: 320 }
const least = { width: 120, height: 80 }

/** The box a picture gets before it is loaded, so that nothing moves when it is (width and height of the original may be unknown). */
export function pictureBox(width?: number, height?: number): { width: number; height: number } {
  if (!width || !height) return { width: 260, height: 180 }
  const scale = Math.min(1, most.width / width, most.height / height)
  return {
    width: Math.round(clamp(width * scale, least.width, most.width)),
    height: Math.round(clamp(height * scale, least.height, most.height)),
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
