/** A live room over the app's own video. A unit of its own, for most apps load it only where there is one. */
export { default as LiveRoom } from './LiveRoomRoot.vue'
