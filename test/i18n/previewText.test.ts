import { describe, expect, it } from 'vitest'
import { createTranslator, en, noticeText, previewText } from '../../src/i18n'
import zhCN from '../../src/i18n/locales/zh-CN'
import type { Notice, Part } from '../../src/model'

const { t } = createTranslator(en)
const file = { at: 'remote', name: 'plan.pdf' } as const
const names: Record<string, string> = { ada: 'Ada', bo: 'Bo', cy: 'Cy', di: 'Di' }
const nameOf = (id: string) => names[id] ?? id
const notice = (about: Notice['about'], rest: Partial<Notice> = {}) =>
  noticeText(t, { kind: 'notice', about, ...rest }, nameOf)

describe('the preview of a message', () => {
  it('says in words what every kind of part is', () => {
    const parts: [Part, string][] = [
      [{ kind: 'text', text: 'a\n b' }, 'a b'],
      [{ kind: 'image', file }, 'Photo'],
      [{ kind: 'video', file }, 'Video'],
      [{ kind: 'audio', file, durationMs: 74_000 }, 'Voice message · 1:14'],
      [{ kind: 'file', file }, 'File: plan.pdf'],
      [{ kind: 'face', index: 1 }, 'Sticker'],
      [{ kind: 'location', latitude: 0, longitude: 0, label: 'Home' }, 'Location: Home'],
      [{ kind: 'card', of: 'user', id: 'ada' }, 'Contact card'],
      [{ kind: 'card', of: 'group', id: 'g' }, 'Group card'],
      [{ kind: 'merged', title: 'Plans', abstracts: [] }, 'Chat history: Plans'],
      [{ kind: 'custom', type: 'x', data: null, fallback: 'A vote' }, 'A vote'],
      [{ kind: 'custom', type: 'x', data: null }, 'Message of a kind of its own'],
      [{ kind: 'unsupported', wireKind: 'x' }, 'Unknown message'],
      [{ kind: 'notice', about: 'dissolved' }, 'The group was dissolved'],
    ]
    for (const [part, words] of parts) expect(previewText(t, [part])).toBe(words)
  })

  it('joins a picture and its caption', () => {
    expect(
      previewText(t, [
        { kind: 'image', file },
        { kind: 'text', text: 'look' },
      ]),
    ).toBe('Photo look')
  })

  it('takes only the beginning of a long text, and no half of a sign', () => {
    const long = previewText(t, [{ kind: 'text', text: `${'a'.repeat(999)}🎉${' '.repeat(2_000_000)}` }])
    expect(long).toBe('a'.repeat(999))
  })

  it('says nothing of what was taken back', () => {
    expect(previewText(t, [{ kind: 'text', text: 'secret' }], { byId: 'ada' })).toBe('A message was recalled')
  })
})

describe('a notice', () => {
  it('names who did it and to whom', () => {
    expect(notice('invited', { byId: 'ada', userIds: ['bo', 'cy'] })).toBe('Ada invited Bo, Cy to the group')
    expect(notice('kicked', { userIds: ['bo'] })).toBe('Bo was removed from the group')
    expect(notice('kicked', { userIds: ['bo', 'cy'] })).toBe('Bo, Cy were removed from the group')
    expect(notice('muted', { userIds: ['bo', 'cy'] })).toBe('Bo, Cy were muted')
    expect(notice('left', { userIds: ['bo'] })).toBe('Bo left the group')
    expect(notice('joined', { byId: 'cy' })).toBe('Cy joined the group')
    expect(notice('created', { byId: 'ada' })).toBe('Ada created the group')
  })

  it('keeps a name that turns the line to itself', () => {
    const turned = noticeText(t, { kind: 'notice', about: 'joined', userIds: ['x\u202E', 'bo'] }, nameOf)
    expect(turned).toBe('\u2068\u2068x\u202E\u2069, Bo\u2069 joined the group')
  })

  it('counts people from the fourth on', () => {
    expect(notice('joined', { userIds: ['ada', 'bo', 'cy', 'di', 'ed'] })).toBe(
      'Ada, Bo, Cy and 2 more joined the group',
    )
  })

  it('tells which part of the group changed', () => {
    expect(notice('profile', { byId: 'ada', changes: { id: 'g', name: 'New' } })).toBe(
      'Ada renamed the group to “New”',
    )
    expect(notice('profile', { byId: 'ada', changes: { id: 'g', announcement: null } })).toBe(
      'Ada changed the announcement',
    )
    expect(notice('muted', { byId: 'ada', changes: { id: 'g', isMuted: true } })).toBe('Ada muted everybody')
  })

  it('has words for everything in Chinese too', () => {
    const chinese = createTranslator(zhCN)
    expect(
      noticeText(chinese.t, { kind: 'notice', about: 'invited', byId: 'ada', userIds: ['bo'] }, nameOf),
    ).toBe('Ada 邀请 Bo 加入了群')
  })
})
