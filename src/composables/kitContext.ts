import { inject, provide } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'
import type { Ability, Clock, Platform } from '../core/ports'
import type { Locale } from '../i18n'
import type { Pinia } from '../stores'
import type { AbilityScope, Dispatch, Limits, UserId, Verdict } from '../model'

/** What composables and components know of the kit they live in. */
export interface ChatKitContext {
  /** The user this kit is signed in as. */
  readonly userId: UserId
  /** Where the stores of this kit live. */
  readonly pinia: Pinia
  /** The one way out: everything the interface wants goes through it. */
  readonly dispatch: Dispatch
  /** The language shown; assign another one to switch at once. */
  readonly locale: ShallowRef<Locale>
  /** What a moment allows: 'yes', 'try', or the very error the call would give. Reactive. */
  readonly can: (ability: Ability, scope?: AbilityScope) => Verdict
  /** The backend's limits. Reactive. */
  readonly limits: (scope?: AbilityScope) => Limits
  /** The device's clock. */
  readonly clock: Clock
  /** The machine the kit runs on. */
  readonly platform: Platform
}

/** Under this key a kit provides itself to an app or a subtree. */
export const chatKitKey: InjectionKey<ChatKitContext> = Symbol('parley')

/** Gives a kit to everything below the calling component, so that several kits can live on one page. */
export function provideChatKit(kit: ChatKitContext): void {
  provide(chatKitKey, kit)
}

/**
 * The kit of the surrounding app or `ChatKitProvider`.
 * @throws Error where there is none, saying how to give one.
 */
export function useChatKit(): ChatKitContext {
  const kit = inject(chatKitKey, undefined)
  if (!kit) {
    throw new Error(
      'Parley: no chat kit here. Call app.use(createChatKit({ transport, userId })) or wrap the component in <ChatKitProvider :kit="kit">.',
    )
  }
  return kit
}
