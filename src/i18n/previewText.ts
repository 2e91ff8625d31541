import { isolate, truncateToUnits } from '../core/text'
import type { Notice, Part, UserId } from '../model'
import type { Translate } from './translator'

/** Turns the id of a user into the name to show. */
export type NameOf = (userId: UserId) => string

/** How many names a notice tells before it counts the others. */
const namesShown = 3

/** No line has room for more of one part than this; a text may be megabytes long. */
const mostCharacters = 1000

/**
 * One line of words for a message: its text where it has one, else what kind of thing it is. `nameOf` gives the names
 * that notices need; without it ids are shown.
 */
export function previewText(
  t: Translate,
  parts: readonly Part[],
  recalled?: unknown,
  nameOf: NameOf = (userId) => userId,
): string {
  if (recalled) return t('message.recalled')
  return parts
    .map((part) => truncateToUnits(partText(t, part, nameOf), mostCharacters))
    .filter((words) => words !== '')
    .join(' ')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** What happened in a group, in words. */
export function noticeText(t: Translate, notice: Notice, nameOf: NameOf): string {
  const by = notice.byId === undefined ? undefined : nameOf(notice.byId)
  const ids = notice.userIds ?? []
  const named = {
    by: by ?? t('notice.somebody'),
    names: ids.length > 0 ? joinNames(t, ids.map(nameOf)) : (by ?? t('notice.somebody')),
  }
  switch (notice.about) {
    case 'created':
      return by ? t('notice.created', named) : t('notice.createdPlain')
    case 'invited':
      return by ? t('notice.invited', named) : t('notice.invitedPlain', named)
    case 'kicked':
      return by ? t('notice.kicked', named) : t('notice.kickedPlain', named, Math.max(ids.length, 1))
    case 'joined':
    case 'left':
    case 'role':
    case 'owner':
      return t(`notice.${notice.about}`, named)
    case 'profile':
      return profileText(t, notice, named)
    case 'muted':
      return mutedText(t, notice, named, by !== undefined)
    case 'dissolved':
      return t('notice.dissolved')
    case 'other':
      return notice.text ?? t('notice.other')
  }
}

/** Names in a row; from the fourth on they are counted. */
function joinNames(t: Translate, names: readonly string[]): string {
  const shown = names.slice(0, namesShown).map(isolate).join(t('common.listSeparator'))
  const rest = names.length - namesShown
  return rest > 0 ? t('common.andMore', { names: shown, n: rest }) : shown
}

/** How long a sound lasts: 0:14. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** What a part is, in words; a text is itself. */
export function partText(t: Translate, part: Part, nameOf: NameOf): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'image':
    case 'video':
      return t(`kinds.${part.kind}`)
    case 'audio':
      return part.durationMs === undefined
        ? t('kinds.audio')
        : t('kinds.audioLong', { duration: durationText(part.durationMs) })
    case 'file':
      return part.file.name ? t('kinds.fileNamed', { name: part.file.name }) : t('kinds.file')
    case 'face':
      return t('kinds.face')
    case 'location':
      return part.label ? t('kinds.locationNamed', { label: part.label }) : t('kinds.location')
    case 'call':
      return t(`kinds.${part.media}Call`)
    case 'card':
      return t(part.of === 'user' ? 'kinds.userCard' : 'kinds.groupCard')
    case 'merged':
      return part.title ? t('kinds.mergedNamed', { title: part.title }) : t('kinds.merged')
    case 'custom':
      return part.fallback || t('kinds.custom')
    case 'notice':
      return noticeText(t, part, nameOf)
    case 'unsupported':
      return part.fallback || t('kinds.unsupported')
    default:
      // A backend may send kinds that no type knows.
      return t('kinds.unsupported')
  }
}

interface NoticeNames {
  readonly by: string
  readonly names: string
  readonly [key: string]: string
}

function profileText(t: Translate, { changes, byId }: Notice, named: NoticeNames): string {
  if (byId === undefined) return t('notice.profilePlain')
  if (changes?.name) return t('notice.renamed', { ...named, name: changes.name })
  if (changes?.announcement !== undefined) return t('notice.announcement', named)
  if (changes?.avatar !== undefined) return t('notice.avatar', named)
  if (changes?.intro !== undefined) return t('notice.intro', named)
  return t('notice.profile', named)
}

function mutedText(t: Translate, notice: Notice, named: NoticeNames, isByKnown: boolean): string {
  if (notice.changes?.isMuted === true) return t('notice.allMuted', named)
  if (notice.changes?.isMuted === false) return t('notice.allUnmuted', named)
  if (isByKnown) return t('notice.muted', named)
  return t('notice.mutedPlain', named, Math.max(notice.userIds?.length ?? 0, 1))
}
