import { it } from 'vitest'
import { expectAllWell } from './seeds'

it('the first hundred stories end well', async () => {
  await expectAllWell(1, 100)
})
