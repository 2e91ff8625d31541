/** Requests to be friends, from others and to others. */
export { default as AnswerForm } from './AnswerForm.vue'
export { default as FriendRequests } from './FriendRequestsRoot.vue'
export { default as SourceLine } from './SourceLine.vue'
