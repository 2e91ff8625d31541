/** Sounds and films that play one at a time. */
export { noteBegin, noteEnd } from './onePlayer'
export { default as SoundPreview } from './SoundPreview.vue'
