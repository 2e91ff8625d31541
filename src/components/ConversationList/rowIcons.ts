import type { Component } from 'vue'
import type { ConversationActionId } from '../../composables'
import {
  BellIcon,
  ChatIcon,
  DoubleTickIcon,
  EraserIcon,
  FolderIcon,
  HideIcon,
  MutedIcon,
  PinIcon,
  SelectIcon,
  StarIcon,
  TrashIcon,
} from '../Icon'

/** The drawing of each action. */
export const rowIcons: Readonly<Record<ConversationActionId | 'select' | 'folders', Component>> = {
  read: DoubleTickIcon,
  unread: ChatIcon,
  pin: PinIcon,
  unpin: PinIcon,
  star: StarIcon,
  unstar: StarIcon,
  mute: MutedIcon,
  unmute: BellIcon,
  hide: HideIcon,
  clear: EraserIcon,
  delete: TrashIcon,
  select: SelectIcon,
  folders: FolderIcon,
}
