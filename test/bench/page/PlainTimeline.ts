import { defineComponent, h } from 'vue'
import { useTimeline } from 'vue-parley/headless'

const ON_SCREEN = 20

/** A timeline of an app's own over the same rows: what is measured is the way to the rows, not how a browser lays them out. */
export const PlainTimeline = defineComponent({
  props: { conversationId: { type: String, required: true } },
  setup({ conversationId }) {
    const { rows } = useTimeline(conversationId)
    return () =>
      h(
        'div',
        { class: 'parley-timeline', 'data-placed': '' },
        rows.value.slice(-ON_SCREEN).map(({ key, message: { parts } }) =>
          h(
            'article',
            { key },
            parts.map((part) => ('text' in part ? part.text : '')),
          ),
        ),
      )
  },
})
