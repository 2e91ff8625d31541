import { it } from 'vitest'
import { expectNoStepBack } from './seeds'

it('the second hundred stories end no worse than is known', async () => {
  await expectNoStepBack(101, 100)
})
