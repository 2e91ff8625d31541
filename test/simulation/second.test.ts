import { it } from 'vitest'
import { expectAllWell } from './seeds'

it('nothing is lost, doubled, turned round or brought back in the second hundred stories', async () => {
  await expectAllWell(101, 100)
})
