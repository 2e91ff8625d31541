/** Records a voice message; a chunk of its own, fetched when somebody wants to speak. */
export { default as VoiceRecorder } from './VoiceRecorder.vue'
