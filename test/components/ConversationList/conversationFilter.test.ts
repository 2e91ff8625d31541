import { describe, expect, it } from 'vitest'
import { folderTab, isListed, type Listed } from '../../../src/components/ConversationList/conversationFilter'

const aConversation = (extra: Partial<Listed> = {}): Listed => ({
  title: 'Tomás Král',
  kind: 'direct',
  isUnread: false,
  ...extra,
})

describe('the filter of conversations', () => {
  it('finds a name without its accents and case', () => {
    expect(isListed(aConversation(), 'all', ' kral ')).toBe(true)
    expect(isListed(aConversation(), 'all', 'maya')).toBe(false)
  })

  it('keeps what is unread', () => {
    expect(isListed(aConversation(), 'unread', '')).toBe(false)
    expect(isListed(aConversation({ isUnread: true }), 'unread', '')).toBe(true)
  })

  it('keeps what is starred, and what is in a group of conversations', () => {
    expect(isListed(aConversation(), 'starred', '')).toBe(false)
    expect(isListed(aConversation({ isStarred: true }), 'starred', '')).toBe(true)
    // A group of conversations may be called as a tab of the kit.
    expect(isListed(aConversation({ folders: ['unread'] }), folderTab('unread'), '')).toBe(true)
    expect(isListed(aConversation({ folders: ['Work'] }), folderTab('unread'), '')).toBe(false)
  })

  it('keeps groups', () => {
    expect(isListed(aConversation(), 'groups', '')).toBe(false)
    expect(isListed(aConversation({ kind: 'group' }), 'groups', '')).toBe(true)
  })
})
