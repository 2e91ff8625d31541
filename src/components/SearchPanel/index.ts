import { defineAsyncComponent } from 'vue'

/** Looking for messages of a conversation; loaded when it is first shown. */
export const SearchPanel = defineAsyncComponent(() => import('./SearchPanelRoot.vue'))
