import { defineComponent, onScopeDispose, watch, type PropType } from 'vue'
import { useConversationSummary, type ConversationSummary } from '../../composables'
import type { ConversationId } from '../../model'

/** Shows nothing: it tells the filter what the row of a conversation would show. */
export const SummaryProbe = defineComponent({
  props: {
    /** Which conversation is looked at. */
    id: { type: String as PropType<ConversationId>, required: true },
  },
  emits: {
    /** What is known of it now; undefined once nobody looks any more. */
    known: (_id: ConversationId, _summary: ConversationSummary | undefined) => true,
  },
  setup(props, { emit }) {
    const summary = useConversationSummary(() => props.id)
    watch(summary, (value) => emit('known', props.id, value), { immediate: true })
    onScopeDispose(() => emit('known', props.id, undefined))
    return () => null
  },
})
