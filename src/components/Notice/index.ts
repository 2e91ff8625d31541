/** What a person should know that is not about one message. */
export { default as NoticeBar } from './NoticeBarRoot.vue'
