import { describe, expect, it } from 'vitest'
import { isListed } from '../../../src/components/ConversationList/conversationFilter'
import { rowLabel } from '../../../src/components/ConversationList/rowLabel'
import type { ConversationSummary } from '../../../src/composables'
import { createTranslator, en } from '../../../src/i18n'

const aSummary = (extra: Partial<ConversationSummary> = {}): ConversationSummary => ({
  id: 'c',
  kind: 'direct',
  title: 'Tomás Král',
  avatarSeed: 'tomas',
  preview: 'See you',
  unreadCount: 0,
  isMarkedUnread: false,
  isPinned: false,
  isMuted: false,
  isMentioned: false,
  typingNames: [],
  draft: '',
  ...extra,
})

describe('the filter of conversations', () => {
  it('finds a name without its accents and case', () => {
    expect(isListed(aSummary(), 'all', ' kral ')).toBe(true)
    expect(isListed(aSummary(), 'all', 'maya')).toBe(false)
  })

  it('keeps what is unread or marked so', () => {
    expect(isListed(aSummary(), 'unread', '')).toBe(false)
    expect(isListed(aSummary({ unreadCount: 1 }), 'unread', '')).toBe(true)
    expect(isListed(aSummary({ isMarkedUnread: true }), 'unread', '')).toBe(true)
  })

  it('keeps groups', () => {
    expect(isListed(aSummary(), 'groups', '')).toBe(false)
    expect(isListed(aSummary({ kind: 'group' }), 'groups', '')).toBe(true)
  })
})

describe('the name of a row', () => {
  const { t } = createTranslator(en)

  it('starts with the title and goes on with what is new', () => {
    const label = rowLabel(t, aSummary({ unreadCount: 3, isMentioned: true, isMuted: true }), '14:32')
    expect(label).toBe('Tomás Král, 3 unread, you are mentioned, See you, 14:32, muted')
  })

  it('tells a draft instead of the last message', () => {
    expect(rowLabel(t, aSummary({ draft: 'Perhaps' }), '14:32')).toBe('Tomás Král, Draft: Perhaps, 14:32')
  })
})
