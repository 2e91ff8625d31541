import { computed, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { utf8ByteLength } from '../core/text'
import { toChatError } from '../model'
import type { ChatErrorShape, GroupId, LimitName, Texts } from '../model'
import { useGroupStore, useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

/** What a group notes down for its apps (I8). */
export interface GroupNotesView {
  readonly hasAttributes: ComputedRef<boolean>
  readonly hasCounters: ComputedRef<boolean>
  readonly canWrite: ComputedRef<boolean>
  /** By key; undefined until they are read. */
  readonly attributes: ComputedRef<Texts | undefined>
  readonly counters: ComputedRef<Readonly<Record<string, number>> | undefined>
  /** Why they could not be read. */
  readonly error: ComputedRef<ChatErrorShape | undefined>
  /** Reads them again. */
  reload(): void
  /** By how many bytes a text is longer than the backend takes. */
  bytesOver(limit: LimitName, text: string): number
  /** @throws ChatError where the service refuses; it is a conflict where somebody else has just written it (10056). */
  setAttribute(key: string, value: string | null): Promise<void>
  addToCounter(key: string, amount: number): Promise<void>
}

/** The attributes and counters of a group, read where somebody looks at them and kept fresh. */
export function useGroupNotes(
  groupId: MaybeRefOrGetter<GroupId>,
  isLooking: () => boolean = () => true,
): GroupNotesView {
  const kit = useChatKit()
  const store = useGroupStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const id = computed(() => toValue(groupId))
  const can = (ability: Parameters<typeof kit.can>[0]) =>
    typeof kit.can(ability, { groupId: id.value }) === 'string'
  const hasAttributes = computed(() => can('groups.readAttributes'))
  const hasCounters = computed(() => can('groups.readCounters'))

  const error = shallowRef<ChatErrorShape>()
  /** The newest reading: what an earlier one ends with is nobody's. */
  let turn = 0

  function reload(): void {
    const mine = (turn += 1)
    error.value = undefined
    const groupId = id.value
    const fail = (thrown: unknown) => {
      if (mine === turn) error.value ??= toChatError(thrown)
    }
    if (hasAttributes.value) kit.dispatch({ type: 'loadAttributes', groupId }).catch(fail)
    if (hasCounters.value) kit.dispatch({ type: 'loadCounters', groupId }).catch(fail)
  }
  watch(
    () => isLooking() && session.session.state === 'online' && id.value,
    (wanted) => {
      if (wanted !== false) reload()
    },
    { immediate: true },
  )
  return {
    hasAttributes,
    hasCounters,
    canWrite: computed(() => can('groups.writeAttributes')),
    attributes: computed(() => store.attributesById.get(id.value)),
    counters: computed(() => store.countersById.get(id.value)),
    error: computed(() => error.value),
    reload,
    bytesOver: (limit, text) =>
      Math.max(0, utf8ByteLength(text) - (kit.limits({ groupId: id.value })[limit] ?? Infinity)),
    setAttribute: (key, value) =>
      kit.dispatch({
        type: 'writeAttributes',
        groupId: id.value,
        set: value === null ? {} : { [key]: value },
        deleted: value === null ? [key] : [],
      }),
    async addToCounter(key, amount) {
      await kit.dispatch({ type: 'writeCounter', groupId: id.value, key, change: { add: amount } })
    },
  }
}
