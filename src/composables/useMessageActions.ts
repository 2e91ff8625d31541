import { toValue } from 'vue'
import type { Component, MaybeRefOrGetter } from 'vue'
import { copyText, durationText } from '../i18n'
import { refOf } from '../model'
import type { Ability } from '../core/ports'
import type { ConversationId, Limits, Message, Verdict } from '../model'
import { usePinStore, useSessionStore } from '../stores'
import { useChatKit } from './kitContext'
import type { TimelineRow } from './rows'
import { rememberRecalled } from './recalledWords'
import { useAssistance } from './useAssistance'
import { useLocale } from './useLocale'

/** Something that can be done with a message. */
export interface MessageAction {
  /** Unique among the actions of a message; those of the kit are `MessageActionId`. */
  readonly id: string
  /** What it is called, in the reader's language. */
  readonly label: string
  /** What stands small behind the label. */
  readonly hint?: string
  /** A drawing before the label; an action of an app without one has a plain mark. */
  readonly icon?: Component
  /** What is lost for ever stands apart. */
  readonly isDestructive?: boolean
  /** Does it. */
  run(): void
}

/** The actions the kit itself knows, in the order in which they are shown. */
export const MESSAGE_ACTION_IDS = [
  'reply',
  'edit',
  'copy',
  'translate',
  'transcribe',
  'forward',
  'pin',
  'select',
  'details',
  'resend',
  'recall',
  'delete',
  'cancel',
  'drop',
] as const
/** An action the kit itself knows. */
export type MessageActionId = (typeof MESSAGE_ACTION_IDS)[number]

/** One of the kit's own. */
interface KitAction extends MessageAction {
  readonly id: MessageActionId
}

/** What the interface does itself, where it can. */
export interface MessageActionHooks {
  /** The message is to be answered. */
  reply?(message: Message): void
  /** The message is to be changed. */
  edit?(message: Message): void
  /** These words are to be copied, or what is marked inside the message. */
  copy?(row: TimelineRow, text: string): void
  /** The message is to be passed on. */
  forward?(messages: readonly Message[]): void
  /** All that is known of the message is to be shown. */
  details?(row: TimelineRow): void
  /** Several messages are to be chosen, this one first. */
  select?(row: TimelineRow): void
  /** Something failed that the person has asked for. */
  onFailed?(thrown: unknown): void
}

/** Lets an app take away, change and add actions: what it returns is what is shown. */
export type ExtendMessageActions = (
  actions: readonly MessageAction[],
  row: TimelineRow,
) => readonly MessageAction[]

/** What can be done with the messages of a conversation (E1-E6). */
export interface MessageActionsView {
  /** The actions of one message at this moment. */
  actionsOf(row: TimelineRow): readonly MessageAction[]
  /** True where reactions may be given to this message. */
  canReact(row: TimelineRow): boolean
  /** Gives a reaction, or takes it back where it was given. */
  toggleReaction(row: TimelineRow, key: string): void
  /** Deletes messages for oneself. */
  deleteForMe(messages: readonly Message[]): void
}

/** The reactions offered first. */
export const QUICK_REACTIONS: readonly string[] = ['👍', '❤️', '😂', '😮', '😢', '🙏']

/** The actions on the messages of a conversation, for menus, keys and bars of any look. */
export function useMessageActions(
  conversationId: MaybeRefOrGetter<ConversationId>,
  hooks: MessageActionHooks = {},
  extend?: () => ExtendMessageActions | undefined,
): MessageActionsView {
  const kit = useChatKit()
  const { t } = useLocale()
  const session = useSessionStore(kit.pinia)
  const pins = usePinStore(kit.pinia)
  const assistance = useAssistance()
  const id = () => toValue(conversationId)

  function isPinned({ conversationId: of, keys }: Message): boolean {
    const pinned = pins.messagesById.get(of) ?? []
    return pinned.some((message) => message.keys.some((key) => keys.includes(key)))
  }
  function isAllowed(ability: Ability, message?: Message): boolean {
    return isYes(kit.can(ability, { conversationId: id(), ...(message && { message }) }))
  }
  function behind(work: Promise<unknown>): void {
    work.catch((thrown: unknown) => hooks.onFailed?.(thrown))
  }
  function deleteForMe(messages: readonly Message[]): void {
    if (messages.length === 0) return
    behind(kit.dispatch({ type: 'deleteMessages', conversationId: id(), refs: messages.map(refOf) }))
  }
  /** What is left of the time in which something may be done, in words. */
  function timeLeft(message: Message, limit: keyof Limits & `${string}Ms`): { readonly hint?: string } {
    const windowMs = kit.limits({ conversationId: id() })[limit]
    if (windowMs === undefined) return {}
    const leftMs = message.sentAt + windowMs - (kit.clock.now() + session.clockOffsetMs)
    // Who may still do it afterwards, as the owner of a group, is not in a hurry.
    return leftMs > 0 ? { hint: t('actions.timeLeft', { time: durationText(leftMs) }) } : {}
  }

  function standardActions(row: TimelineRow): readonly MessageAction[] {
    const { message, status } = row
    const isUnsent = status === 'failed' || status === 'unsure'
    const isOnItsWay = status === 'queued' || status === 'sending'
    const isStored = message.order !== undefined && !isUnsent && !isOnItsWay
    const isWhole = !message.recalled && message.parts.length > 0
    /** What burns leaves no trace elsewhere. */
    const isLasting = isWhole && message.burnAfterMs === undefined
    const found: (KitAction | false | undefined)[] = [
      isStored &&
        isLasting &&
        hooks.reply &&
        isAllowed('messages.send') && {
          id: 'reply',
          label: t('actions.reply'),
          run: () => hooks.reply?.(message),
        },
      isStored &&
        isLasting &&
        row.isOwn &&
        hooks.edit &&
        isEditable(message) &&
        isAllowed('messages.edit', message) && {
          id: 'edit',
          label: t('actions.edit'),
          run: () => hooks.edit?.(message),
        },
      isLasting &&
        hooks.copy && {
          id: 'copy',
          label: t('actions.copy'),
          run: () => hooks.copy?.(row, copyText(t, message.parts)),
        },
      isStored &&
        isLasting &&
        hooks.forward && {
          id: 'forward',
          label: t('actions.forward'),
          run: () => hooks.forward?.([message]),
        },
      assistance.canTranslate(message) && {
        id: 'translate',
        label: t('actions.translate'),
        run: () => void assistance.translate(message),
      },
      assistance.canTranscribe(message) && {
        id: 'transcribe',
        label: t('actions.transcribe'),
        run: () => void assistance.transcribe(message),
      },
      isStored &&
        isLasting &&
        !isNotice(message) &&
        isAllowed('messages.setPinned', message) && {
          id: 'pin',
          label: t(isPinned(message) ? 'actions.unpin' : 'actions.pin'),
          run: () =>
            behind(
              kit.dispatch({
                type: 'setMessagePinned',
                ref: refOf(message),
                isPinned: !isPinned(message),
              }),
            ),
        },
      isStored &&
        hooks.select && { id: 'select', label: t('actions.select'), run: () => hooks.select?.(row) },
      (isStored || isUnsent) &&
        hooks.details &&
        isWhole && {
          id: 'details',
          label: t('actions.details'),
          run: () => hooks.details?.(row),
        },
      isUnsent && {
        id: 'resend',
        label: t('message.retry'),
        run: () => behind(kit.dispatch({ type: 'resendMessage', conversationId: id(), rowKey: row.key })),
      },
      isStored &&
        isWhole &&
        isAllowed('messages.recall', message) && {
          id: 'recall',
          label: t('actions.recall'),
          ...(row.isOwn && timeLeft(message, 'recallWindowMs')),
          isDestructive: true,
          run: () => {
            if (row.isOwn) rememberRecalled(kit, message)
            behind(kit.dispatch({ type: 'recallMessage', message }))
          },
        },
      isStored &&
        isAllowed('messages.deleteForMe', message) && {
          id: 'delete',
          label: t('actions.delete'),
          isDestructive: true,
          run: () => deleteForMe([message]),
        },
      isOnItsWay && {
        id: 'cancel',
        label: t('actions.cancel'),
        isDestructive: true,
        run: () => behind(kit.dispatch({ type: 'dropMessage', conversationId: id(), rowKey: row.key })),
      },
      isUnsent && {
        id: 'drop',
        label: t('message.remove'),
        isDestructive: true,
        run: () => behind(kit.dispatch({ type: 'dropMessage', conversationId: id(), rowKey: row.key })),
      },
    ]
    return found.filter((action) => typeof action === 'object')
  }

  return {
    actionsOf(row) {
      const actions = standardActions(row)
      return extend?.()?.(actions, row) ?? actions
    },
    canReact: ({ message, status }) =>
      message.order !== undefined &&
      !message.recalled &&
      message.parts.length > 0 &&
      message.parts[0]?.kind !== 'notice' &&
      status !== 'failed' &&
      status !== 'unsure' &&
      isAllowed('messages.setReactions', message),
    toggleReaction({ message }, key) {
      const before = (message.reactions ?? []).flatMap((total) => (total.isMine ? total.key : []))
      const after = before.includes(key) ? before.filter((other) => other !== key) : [...before, key]
      behind(kit.dispatch({ type: 'setReactions', ref: refOf(message), before, after }))
    },
    deleteForMe,
  }
}

/** Without a connection it is done later (D6), so that is no reason to hide it. */
function isYes(verdict: Verdict): boolean {
  if (typeof verdict === 'string') return true
  return verdict.kind === 'offline' || verdict.kind === 'signed-out'
}

function isNotice({ parts }: Message): boolean {
  return parts.some(({ kind }) => kind === 'notice')
}

/** Only text can be changed; what stands beside it stays. */
function isEditable({ parts }: Message): boolean {
  return parts.some(({ kind }) => kind === 'text')
}
