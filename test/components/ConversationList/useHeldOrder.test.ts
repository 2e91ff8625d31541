import { effectScope, nextTick, shallowRef } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import { useHeldOrder } from '../../../src/components/ConversationList/useHeldOrder'

let scope = effectScope()
afterEach(() => {
  scope.stop()
  scope = effectScope()
})

describe('an order that is pointed at', () => {
  const wanted = shallowRef<readonly string[]>(['a', 'b', 'c'])
  const work = async () => {}

  it('holds, moves with what the person does, and holds again though that moved nothing', async () => {
    const order = scope.run(() =>
      useHeldOrder(
        () => wanted.value,
        () => 'all',
        () => true,
      ),
    )!
    wanted.value = ['c', 'a', 'b']
    await nextTick()
    expect(order.ids.value).toEqual(['a', 'b', 'c'])
    await order.let(async () => void (wanted.value = ['b', 'c', 'a']))
    expect(order.ids.value).toEqual(['b', 'c', 'a'])

    await order.let(work)
    wanted.value = ['a', 'b', 'c']
    await nextTick()
    expect(order.ids.value).toEqual(['b', 'c', 'a'])

    // Without a network a command lasts until it is back.
    let end = () => {}
    const lasting = order.let(() => new Promise<void>((resolve) => (end = resolve)))
    await nextTick()
    wanted.value = ['c', 'b', 'a']
    await nextTick()
    expect(order.ids.value).toEqual(['b', 'c', 'a'])
    end()
    await lasting
  })

  it('says what became of it', async () => {
    const order = scope.run(() =>
      useHeldOrder(
        () => wanted.value,
        () => 'all',
        () => false,
      ),
    )
    await expect(order?.let(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  })
})
