import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from '../../src/i18n'

type Tree = { readonly [key: string]: string | Tree }

function keysOf(tree: Tree, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : keysOf(value, `${path}${key}.`),
  )
}

const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|vue)$/u.test(file) && !/locales/u.test(file))
  .map((file) => readFileSync(join('src', file), 'utf8'))
  .join('\n')

/** What the last word of a key can be where it is put together at run time, as in t(`kinds.${part.kind}`). */
const families: Readonly<Record<string, readonly string[] | 'all'>> = {
  list: ['all', 'unread', 'groups'],
  'list.sections': 'all',
  'profile.genders': 'all',
  'profile.addModes': 'all',
  'requests.sources': 'all',
  'requests.states': 'all',
  'group.types': 'all',
  'group.tags': ['public', 'meeting', 'live', 'community'],
  'group.roles': 'all',
  groupAdmin: [
    'name',
    'avatar',
    'asks',
    'proposed',
    'intro',
    'announcement',
    'makeAdmin',
    'unmakeAdmin',
    'muteTenMinutes',
    'muteHour',
    'muteDay',
    'muteCustom',
    'muteForever',
    'unmute',
    'nameCard',
    'muteCustomTitle',
    'nameCardTitle',
    ...['kick', 'transfer', 'quit', 'dissolve'].flatMap((what) => [what, `${what}Title`, `${what}Text`]),
  ],
  'groupAdmin.part': ['all', 'muted', 'banned'],
  'groupAdmin.noPart': 'all',
  'groupAdmin.units': 'all',
  'groupAdmin.comingBack': 'all',
  group: ['muted', 'banned', 'mutedUntil', 'bannedUntil'],
  groupInbox: ['asks', 'proposed'],
  'groupInbox.mine': 'all',
  'groupInbox.others': 'all',
  'newGroup.steps': 'all',
  'newGroup.about': 'all',
  live: [
    'host',
    'moderator',
    'muteTenMinutes',
    'muteHour',
    'muteForever',
    'unmute',
    'kick',
    'remove',
    'pinThis',
    'makeModerator',
    'unmakeModerator',
    'entering',
    'waiting',
    'out',
    'ended',
  ],
  'live.gifts': 'all',
  'groupAdmin.joinings': 'all',
  'groupAdmin.invitings': 'all',
  timeline: ['start', 'joined', 'retention'],
  message: ['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unsure'],
  notice: ['joined', 'left', 'role', 'owner'],
  kinds: ['image', 'video', 'audio', 'file', 'audioCall', 'videoCall'],
  'calls.own': 'all',
  notes: ['translation', 'transcript'],
  'calls.theirs': 'all',
  search: ['all', 'pictures', 'files'],
  voice: ['asking', 'recording', 'paused'],
  'emoji.groups': 'all',
  'emoji.tones': 'all',
  'notify.permits': ['granted', 'unasked', 'denied'],
  rowActions: [
    ...['read', 'unread', 'pin', 'unpin', 'star', 'unstar', 'mute', 'unmute', 'hide'],
    ...['clear', 'delete'].flatMap((what) => [what, `${what}Title`, `${what}Text`]),
  ],
  'diagnostics.where': 'all',
  'diagnostics.verdicts': 'all',
  'diagnostics.ok': 'all',
  'diagnostics.bad': 'all',
  'diagnostics.unknown': 'all',
  'errors.codes': 'all',
  'errors.kinds': 'all',
  'errors.until': 'all',
}
const familiesInSource = new Set([...source.matchAll(/`([\w.]+)\.\$\{[^`]*`/gu)].map(([, family]) => family))

function isUsed(key: string): boolean {
  if (source.includes(`'${key}'`)) return true
  const family = key.slice(0, key.lastIndexOf('.'))
  const word = key.slice(family.length + 1)
  if (family === 'day') return new RegExp(`\\b${word}\\b.*= messages\\.day\\b`, 'u').test(source)
  return families[family] === 'all' || (families[family]?.includes(word) ?? false)
}

describe('the catalogue', () => {
  it('is asked with a word put together only where this test knows the words', () => {
    const known = new Set(Object.keys(families))
    const tops = new Set(Object.keys(en.messages))
    const asked = [...familiesInSource].filter((family) => tops.has(family?.split('.')[0] ?? ''))
    expect(new Set(asked)).toEqual(known)
  })

  it('holds no words that nothing says', () => {
    expect(keysOf(en.messages).filter((key) => !isUsed(key))).toEqual([])
  })
})
