import type { Component, FunctionalComponent } from 'vue'
import type { MessageAction, MessageActionId } from '../../composables'
import {
  CloseIcon,
  CopyIcon,
  DetailsIcon,
  EditIcon,
  ForwardIcon,
  HistoryIcon,
  MoreIcon,
  PinIcon,
  RecallIcon,
  ReplyIcon,
  RetryIcon,
  SelectIcon,
  TranslateIcon,
  TrashIcon,
} from '../Icon'

/** The drawings of the kit's own actions. */
const kitIcons: Readonly<Record<MessageActionId, FunctionalComponent>> = {
  reply: ReplyIcon,
  edit: EditIcon,
  copy: CopyIcon,
  forward: ForwardIcon,
  select: SelectIcon,
  translate: TranslateIcon,
  transcribe: HistoryIcon,
  pin: PinIcon,
  details: DetailsIcon,
  resend: RetryIcon,
  recall: RecallIcon,
  delete: TrashIcon,
  cancel: CloseIcon,
  drop: TrashIcon,
}

/** What is drawn before an action: what the app gives it, else the kit's drawing, else a plain mark. */
export function iconOf({ id, icon }: MessageAction): Component {
  return icon ?? (Object.hasOwn(kitIcons, id) ? kitIcons[id as MessageActionId] : MoreIcon)
}
