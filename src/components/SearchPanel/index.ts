import { defineAsyncComponent } from 'vue'
import type SearchPanelRoot from './SearchPanelRoot.vue'

/** Looking for messages of a conversation; loaded when it is first shown. */
export const SearchPanel: typeof SearchPanelRoot = defineAsyncComponent(() => import('./SearchPanelRoot.vue'))
