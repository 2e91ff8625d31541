import { userEvent } from 'vitest/browser'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import type { ChatKit } from '../../../src/app'
import { GroupAdmin } from '../../../src/components/GroupAdmin'
import { useGroupStore } from '../../../src/stores'
import { clearScreen, patience, show } from '../../support/onScreen'
import { setServiceStage } from '../../support/serviceStage'
import type { ServiceStage } from '../../support/serviceStage'

let stage: ServiceStage<'alice' | 'bob'>
let bob: ChatKit
let box: HTMLElement

beforeEach(async () => {
  stage = await setServiceStage({ name: 'avatars', people: ['alice', 'bob'] })
  const { alice } = stage.kits
  bob = stage.kits.bob
  const group = { id: 'g', type: 'public', name: 'G' } as const
  await alice.dispatch({ type: 'createGroup', group, memberIds: ['bob'] })
  await bob.dispatch({ type: 'loadGroups', ids: ['g'], refresh: true })
  box = show(alice, () => h(GroupAdmin, { groupId: 'g' }), { width: 560, height: 900 })
})
afterEach(async () => {
  clearScreen()
  await stage.clear()
})

/** A picture twice as wide as high: red in its middle, blue at its ends. */
async function picture(): Promise<File> {
  const canvas = new OffscreenCanvas(400, 200)
  const brush = canvas.getContext('2d')!
  brush.fillStyle = 'blue'
  brush.fillRect(0, 0, 400, 200)
  brush.fillStyle = 'red'
  brush.fillRect(100, 0, 200, 200)
  return new File([await canvas.convertToBlob({ type: 'image/png' })], 'hill.png', { type: 'image/png' })
}
async function choose(file: File): Promise<void> {
  const input = await vi.waitFor(() => {
    const found = box.querySelector<HTMLInputElement>('input[type=file]')
    if (!found) throw new Error('nothing can be chosen')
    return found
  }, patience)
  const chosen = new DataTransfer()
  chosen.items.add(file)
  input.files = chosen.files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}
const button = (name: string) =>
  [...box.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)!
const avatarAt = (kit: ChatKit) => useGroupStore(kit.pinia).byId.get('g')?.avatar

describe('The picture of a group', () => {
  it('is the middle of what is chosen, as the others see it', async () => {
    await choose(await picture())
    await vi.waitFor(() => expect(box.querySelector('img.parley-picture')).not.toBeNull(), patience)
    await userEvent.click(button('Save'))
    await vi.waitFor(() => expect(avatarAt(bob)).toMatch(/^data:image\/jpeg;base64,/), patience)
    const bitmap = await createImageBitmap(await (await fetch(avatarAt(bob)!)).blob())
    expect([bitmap.width, bitmap.height]).toEqual([192, 192])
    const canvas = new OffscreenCanvas(192, 192)
    const brush = canvas.getContext('2d')!
    brush.drawImage(bitmap, 0, 0)
    for (const [x, y] of [
      [4, 4],
      [96, 96],
      [187, 187],
    ] as const) {
      const [red = 0, , blue = 0] = brush.getImageData(x, y, 1, 1).data
      expect([x, red > 200, blue < 60]).toEqual([x, true, true])
    }
    await userEvent.click(button('Remove picture'))
    await userEvent.click(button('Save'))
    await vi.waitFor(() => expect(avatarAt(bob)).toBeUndefined(), patience)
  })

  it('is no file that is none', async () => {
    await choose(new File(['words'], 'words.png', { type: 'image/png' }))
    await vi.waitFor(() => expect(box.innerText).toContain('not a picture'), patience)
    expect(box.querySelector('img.parley-picture')).toBeNull()
  })
})
