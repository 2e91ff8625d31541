/** The rules of friend requests. */
export { friendRequestVerdict } from './friendRequestVerdict'
export { requestAfter, requestNow } from './friendRequestNow'
export type { FriendRequestHistory, FriendRequestVerdict } from './friendRequestVerdict'
