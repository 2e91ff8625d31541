/** What a group announces, above its messages until it was seen. */
export { default as AnnouncementBar } from './AnnouncementBar.vue'
