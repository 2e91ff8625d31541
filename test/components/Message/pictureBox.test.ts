import { describe, expect, it } from 'vitest'
import { pictureBox } from '../../../src/components/Message/pictureBox'

describe('the box of a picture', () => {
  it('keeps the shape of the original inside the largest box', () => {
    expect(pictureBox(1280, 640)).toEqual({ width: 360, height: 180 })
    expect(pictureBox(600, 900)).toEqual({ width: 213, height: 320 })
  })

  it('does not blow up a small one beyond what a finger can hit', () => {
    expect(pictureBox(200, 150)).toEqual({ width: 200, height: 150 })
    expect(pictureBox(10, 10)).toEqual({ width: 120, height: 80 })
  })

  it('has a box before the size is known', () => {
    expect(pictureBox()).toEqual(pictureBox(0, 100))
  })
})
