import { createApp, effectScope } from 'vue'
import { chatKitKey } from '../../src/composables'
import type { ChatKitContext } from '../../src/composables'

/** Runs a composable as a component below the kit would; `stop` is its unmounting. */
export function runInKit<View>(kit: ChatKitContext, use: () => View): { view: View; stop: () => void } {
  const app = createApp({})
  app.provide(chatKitKey, kit)
  const scope = effectScope()
  const view = app.runWithContext(() => scope.run(use))
  if (view === undefined) throw new Error('the composable gives nothing')
  return { view, stop: () => scope.stop() }
}
