/** The rules of friend requests. */
export { friendRequestVerdict } from './friendRequestVerdict'
export type { FriendRequestHistory, FriendRequestVerdict } from './friendRequestVerdict'
