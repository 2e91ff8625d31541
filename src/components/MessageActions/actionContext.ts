import { inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { MessageActionsView, TimelineRow } from '../../composables'
import type { MessageRef } from '../../model'
import type { MenuPlace } from '../Menu'

/** What the messages of a timeline share: one menu, one choice of several. */
export interface ActionContext {
  readonly actions: MessageActionsView
  /** The keys of the chosen rows; undefined while none can be chosen. */
  readonly chosenKeys: ComputedRef<ReadonlySet<string> | undefined>
  /** The row whose menu is open. */
  readonly openKey: ComputedRef<string | undefined>
  openMenu(row: TimelineRow, place: MenuPlace): void
  /** Chooses a row, or no longer. */
  toggleChosen(row: TimelineRow): void
  /** Shows who reacted, at what was pressed. */
  showReactors(row: TimelineRow, place: HTMLElement): void
  /** Goes to what a message answers. */
  goTo(ref: MessageRef): void
}

const actionContextKey: InjectionKey<ActionContext> = Symbol('parley-message-actions')

/** Gives the messages below the calling component their actions. */
export function provideActions(context: ActionContext): void {
  provide(actionContextKey, context)
}

/** The actions of the timeline around; undefined where a message stands alone. */
export function useActions(): ActionContext | undefined {
  return inject(actionContextKey, undefined)
}
