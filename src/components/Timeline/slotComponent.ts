import { onBeforeUpdate, shallowRef, type FunctionalComponent, type ShallowRef } from 'vue'

/** A slot as a component, and whether there is such a slot. */
export interface SlotComponent<Props extends object> {
  readonly Drawing: FunctionalComponent<Props>
  readonly isGiven: () => boolean
}

/**
 * A slot of the component around as a component that stays the same. What is handed down to many rows as a slot makes all of
 * them be drawn again whenever one comes; this is drawn again by itself, when what it shows or the function it is given changes.
 */
export function useSlotComponent<Props extends object>(
  slot: () => ((props: Props) => unknown) | undefined,
  names: readonly (keyof Props & string)[],
): SlotComponent<Props> {
  const current: ShallowRef<((props: Props) => unknown) | undefined> = shallowRef(slot())
  onBeforeUpdate(() => (current.value = slot()))
  const Drawing: FunctionalComponent<Props> = (props) => current.value?.(props)
  Object.assign(Drawing, { props: names })
  return { Drawing, isGiven: () => current.value !== undefined }
}
