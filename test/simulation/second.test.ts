import { it } from 'vitest'
import { expectAllWell } from './seeds'

it('the second hundred stories end well', async () => {
  await expectAllWell(101, 100)
})
