import { describe, expect, it } from 'vitest'
import {
  createWorld,
  type World,
  type WorldConversation,
  type WorldMessage,
} from '../../../../src/transports/embedded/world'

const NOW_AT = Date.UTC(2025, 5, 18, 15, 20)
const world = createWorld({ seed: 7, nowAt: NOW_AT })
const review = groupTalk(world, 'design-review')

function groupTalk(of: World, groupId: string): WorldConversation {
  const found = of.conversations.find((conversation) => conversation.groupId === groupId)
  if (found === undefined) throw new Error(`no group ${groupId}`)
  return found
}
function membersOf(conversation: WorldConversation): readonly string[] {
  if (conversation.between !== undefined) return conversation.between
  const group = world.groups.find(({ id }) => id === conversation.groupId)
  return group?.members.map(({ userId }) => userId) ?? []
}
const textOf = (message: WorldMessage) =>
  message.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('')
const talksOf = (userId: string) => world.conversations.filter((one) => membersOf(one).includes(userId))

describe('createWorld', () => {
  it('tells the same story for the same seed and time, and another for another seed', () => {
    expect(createWorld({ seed: 7, nowAt: NOW_AT })).toEqual(world)
    expect(createWorld({ seed: 8, nowAt: NOW_AT })).not.toEqual(world)
  })

  it('is as large as a busy account', () => {
    expect(world.people.length).toBeGreaterThanOrEqual(14)
    expect(world.conversations.length).toBeGreaterThanOrEqual(32)
    expect(review.messages.length).toBeGreaterThanOrEqual(5_200)
    expect(world.conversations.flatMap(({ messages }) => messages).length).toBeGreaterThanOrEqual(6_500)
    for (const { messages, groupId, between } of world.conversations) {
      const name = groupId ?? between?.join()
      expect(messages.length, name).toBeGreaterThanOrEqual(5)
      if (groupId !== 'design-review') expect(messages.length, name).toBeLessThanOrEqual(160)
    }
  })

  it('gives alice about two dozen conversations and bob about twenty, several of them shared', () => {
    expect(Math.abs(talksOf('alice').length - 24)).toBeLessThanOrEqual(2)
    expect(Math.abs(talksOf('bob').length - 20)).toBeLessThanOrEqual(2)
    const shared = talksOf('alice').filter((one) => membersOf(one).includes('bob'))
    expect(shared.length).toBeGreaterThanOrEqual(8)
  })

  it('has alice and bob talk to each other until today, with everything read', () => {
    const talk = world.conversations.find(({ between }) => between?.join() === 'alice,bob')
    expect(talk?.messages.length).toBeGreaterThanOrEqual(50)
    expect(talk?.readCounts).toBeUndefined()
    expect(NOW_AT - (talk?.messages.at(-1)?.sentAt ?? 0)).toBeLessThan(3_600_000)
    expect(
      talk?.messages.filter(({ parts }) => parts.map(({ kind }) => kind).join() === 'image,text'),
    ).toHaveLength(1)
  })

  it('keeps ids plain, names alice and bob, and befriends nobody with a stranger twice', () => {
    for (const { id } of world.people) expect(id).toMatch(/^[a-z]{3,32}$/)
    expect(world.people.find(({ id }) => id === 'alice')?.name).toMatch(/^Alice/)
    expect(world.people.find(({ id }) => id === 'bob')?.name).toMatch(/^Bob/)
    const pairs = world.friendships.map((pair) => [...pair].sort().join())
    expect(new Set(pairs).size).toBe(pairs.length)
    expect(pairs).not.toContain('alice,kwame')
  })

  it('knows every member, every sender and everybody who is mentioned', () => {
    const ids = new Set(world.people.map(({ id }) => id))
    for (const conversation of world.conversations) {
      const members = membersOf(conversation)
      expect(members.length).toBeGreaterThanOrEqual(2)
      expect(members.every((id) => ids.has(id))).toBe(true)
      for (const { senderId, mentions } of conversation.messages) {
        expect(members).toContain(senderId)
        for (const id of mentions?.userIds ?? []) expect(members).toContain(id)
      }
    }
  })

  it.each([NOW_AT, Date.UTC(2026, 0, 1, 0, 3), Date.UTC(2024, 1, 29, 23, 59)])(
    'lets time run forward in every conversation and end before %i',
    (nowAt) => {
      for (const { messages } of createWorld({ seed: 3, nowAt }).conversations) {
        for (let at = 1; at < messages.length; at++) {
          expect(messages[at]?.sentAt).toBeGreaterThan(messages[at - 1]?.sentAt ?? 0)
        }
        expect(messages.at(-1)?.sentAt).toBeLessThan(nowAt)
        expect(messages.every(({ sentAt }) => Number.isInteger(sentAt))).toBe(true)
      }
    },
  )

  it('spreads the review over about half a year', () => {
    const days = (NOW_AT - (review.messages[0]?.sentAt ?? NOW_AT)) / 86_400_000
    expect(days).toBeGreaterThan(150)
    expect(days).toBeLessThan(200)
  })

  it('writes well-formed text with plain line breaks and no leftovers of a template', () => {
    for (const message of world.conversations.flatMap(({ messages }) => messages)) {
      const text = textOf(message)
      expect(message.parts.length).toBeGreaterThan(0)
      expect(text).not.toMatch(/\p{Surrogate}/u)
      // eslint-disable-next-line no-control-regex -- control characters are what this looks for
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/)
      expect(text).not.toMatch(/[[\]{}|¶]|undefined| {2}|^\s|\s$/)
    }
  })

  it('rarely repeats itself in the review', () => {
    const counts = new Map<string, number>()
    for (const text of review.messages.map(textOf)) counts.set(text, (counts.get(text) ?? 0) + 1)
    const loud = [...counts].filter(([text, count]) => text.length > 25 && count > 4)
    expect(loud).toEqual([])
  })

  it('shows pictures, mentions, lists, long texts, Arabic and markup in the review', () => {
    const { messages } = review
    const texts = messages.map(textOf)
    const pictures = messages.filter(({ parts }) => parts.some(({ kind }) => kind === 'image'))
    expect(pictures.length).toBeGreaterThanOrEqual(35)
    expect(pictures.length).toBeLessThanOrEqual(60)
    expect(messages.filter(({ mentions }) => mentions !== undefined).length).toBeGreaterThan(100)
    expect(texts.filter((text) => text.includes('\n')).length).toBeGreaterThan(100)
    expect(texts.filter((text) => text.length > 250).length).toBeGreaterThan(20)
    expect(texts.filter((text) => /\p{Script=Arabic}/u.test(text)).length).toBeGreaterThan(80)
    expect(texts.filter((text) => /<\w+/.test(text)).length).toBeGreaterThan(20)
    expect(texts.filter((text) => /\S{80}/.test(text)).length).toBeGreaterThan(5)
  })

  it('names everybody it mentions in the text', () => {
    const names = new Map(world.people.map(({ id, name }) => [id, name]))
    for (const message of world.conversations.flatMap(({ messages }) => messages)) {
      for (const id of message.mentions?.userIds ?? []) expect(textOf(message)).toContain(`@${names.get(id)}`)
    }
  })

  it('leaves alice and bob some unread messages, none of them their own', () => {
    const unreadOf = (userId: string) =>
      world.conversations.flatMap(({ messages, readCounts }) => {
        const unread = messages.slice(readCounts?.[userId] ?? messages.length)
        expect(unread.every(({ senderId }) => senderId !== userId)).toBe(true)
        return unread.length === 0 ? [] : [unread.length]
      })
    expect(unreadOf('alice')).toEqual(expect.arrayContaining([1, 3, 28]))
    expect(unreadOf('bob').length).toBeGreaterThanOrEqual(4)
  })
})
