import { describe, expect, it } from 'vitest'
import { bytesLeft, requireSendable, tencentLimits, tencentRates } from '../../../src/core/limits'
import type { Part } from '../../../src/model'
import { createEmbeddedService, createEmbeddedTransport } from '../../../src/transports/embedded'

const text = (words: string): Part => ({ kind: 'text', text: words })
const codeOf = (...given: Parameters<typeof requireSendable>): unknown => {
  try {
    requireSendable(...given)
  } catch (error) {
    return (error as { code: unknown }).code
  }
  return 'sendable'
}

describe('the limits of the first vendor', () => {
  it('are those it publishes', () => {
    expect(tencentLimits).toMatchObject({
      messageBytes: 12 * 1024,
      fileBytes: 100 * 1024 ** 2,
      mentionCount: 30,
      recallWindowMs: 2 * 60_000,
      groupNameBytes: 30,
      groupIntroBytes: 240,
      announcementBytes: 300,
      avatarUrlBytes: 100,
      nameCardBytes: 50,
      groupIdBytes: 48,
      userIdBytes: 32,
      remarkBytes: 96,
      wordingBytes: 120,
      profileValueBytes: 500,
      attributeCount: 16,
      attributeKeyBytes: 32,
      attributeBytes: 4000,
      attributesTotalBytes: 16_000,
      counterCount: 20,
      folderCount: 20,
      folderNameBytes: 32,
      pinnedConversationCount: 50,
    })
    expect(tencentRates.find(({ name }) => name === 'groups.onlineCount')).toMatchObject({
      count: 1,
      perMs: 60_000,
    })
  })

  it('are what the embedded service tells, wherever it has the same limit', () => {
    const service = createEmbeddedService({ name: 'limits', storage: 'memory' })
    const told = createEmbeddedTransport({ service }).limits()
    for (const [name, limit] of Object.entries(tencentLimits)) {
      if (name in told) expect([name, told[name as keyof typeof told]]).toEqual([name, limit])
    }
    expect(Object.keys(told).filter((name) => name in tencentLimits).length).toBeGreaterThan(15)
    service.close()
  })
})

describe('the bytes left', () => {
  it('are counted in UTF-8, of the text as it will be sent', () => {
    expect(bytesLeft({ groupNameBytes: 30 }, 'groupNameBytes', '设计评审群')).toBe(15)
    expect(bytesLeft({ groupNameBytes: 30 }, 'groupNameBytes', '🎉'.repeat(8))).toBe(-2)
    expect(bytesLeft({ messageBytes: 10 }, 'messageBytes', 'a\r\nb\u0000')).toBe(7)
  })

  it('are unknown where the backend tells no limit', () => {
    expect(bytesLeft({}, 'remarkBytes', 'x')).toBeUndefined()
  })
})

describe('a message', () => {
  it.each([
    ['empty-message', [], undefined],
    ['message-too-long', [text('设计'), text('ab')], undefined],
    ['too-many-parts', [text('a'), text('b'), text('c'), text('d')], undefined],
    ['too-many-mentions', [text('a')], ['ada', 'bo', 'cy']],
    ['sendable', [text('设'), text('ab')], ['ada', 'bo']],
  ] as const)('is judged before it leaves: %s', (code, parts, userIds) => {
    const mentions = userIds && { userIds }
    expect(codeOf({ parts, mentions }, { messageBytes: 7, partCount: 3, mentionCount: 2 })).toBe(code)
  })

  it('goes where no limit is known', () => {
    expect(codeOf({ parts: [text('x'.repeat(1_000_000))] }, {})).toBe('sendable')
  })
})
