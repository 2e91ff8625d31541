import type { FunctionalComponent } from 'vue'
import {
  CopyIcon,
  DetailsIcon,
  EditIcon,
  ForwardIcon,
  HistoryIcon,
  PinIcon,
  RecallIcon,
  ReplyIcon,
  RetryIcon,
  SelectIcon,
  TranslateIcon,
  TrashIcon,
} from '../Icon'

/** The drawings of the kit's own actions; an action of an app has none. */
export const actionIcons: Readonly<Record<string, FunctionalComponent | undefined>> = {
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
  drop: TrashIcon,
}
