import type { FunctionalComponent } from 'vue'
import {
  CopyIcon,
  EditIcon,
  ForwardIcon,
  RecallIcon,
  ReplyIcon,
  RetryIcon,
  SelectIcon,
  TrashIcon,
} from '../Icon'

/** The drawings of the kit's own actions; an action of an app has none. */
export const actionIcons: Readonly<Record<string, FunctionalComponent | undefined>> = {
  reply: ReplyIcon,
  edit: EditIcon,
  copy: CopyIcon,
  forward: ForwardIcon,
  select: SelectIcon,
  resend: RetryIcon,
  recall: RecallIcon,
  delete: TrashIcon,
  drop: TrashIcon,
}
