import type { Component } from 'vue'
import type { ConversationActionId } from '../../composables'
import {
  BellIcon,
  ChatIcon,
  DoubleTickIcon,
  EraserIcon,
  HideIcon,
  MutedIcon,
  PinIcon,
  SelectIcon,
  TrashIcon,
} from '../Icon'

/** The drawing of each action. */
export const rowIcons: Readonly<Record<ConversationActionId | 'select', Component>> = {
  read: DoubleTickIcon,
  unread: ChatIcon,
  pin: PinIcon,
  unpin: PinIcon,
  mute: MutedIcon,
  unmute: BellIcon,
  hide: HideIcon,
  clear: EraserIcon,
  delete: TrashIcon,
  select: SelectIcon,
}
