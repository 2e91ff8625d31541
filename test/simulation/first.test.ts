import { it } from 'vitest'
import { expectNoStepBack } from './seeds'

it('the first hundred stories end no worse than is known', async () => {
  await expectNoStepBack(1, 100)
})
