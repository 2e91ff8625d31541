import { defineAsyncComponent } from 'vue'
import type LiveRoomRoot from './LiveRoomRoot.vue'

/** A live room over the app's own video; loaded when one is first shown, for most apps have none. */
export const LiveRoom: typeof LiveRoomRoot = defineAsyncComponent(() => import('./LiveRoomRoot.vue'))
