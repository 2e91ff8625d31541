import { defineAsyncComponent } from 'vue'

/** A live room over the app's own video; loaded when one is first shown, for most apps have none. */
export const LiveRoom = defineAsyncComponent(() => import('./LiveRoomRoot.vue'))
