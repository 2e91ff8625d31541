import type { FunctionalComponent } from 'vue'
import type { MessageActionId } from '../../composables'
import {
  CloseIcon,
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

/** The drawing of an action, where the kit has one. */
export function actionIconOf(id: string): FunctionalComponent | undefined {
  return Object.hasOwn(kitIcons, id) ? kitIcons[id as MessageActionId] : undefined
}
