import { describe, expect, it } from 'vitest'
import { bareJid, parseJid } from '../../../../src/transports/xmpp/wire/jid'
import { addressOf, createNames, directId, roomId } from '../../../../src/transports/xmpp/wire/names'
import { soundText, writeXml } from '../../../../src/transports/xmpp/wire/writeXml'
import { attrOf, elementOf, textOf, xml } from '../../../../src/transports/xmpp/wire/xml'

describe('XML to be sent', () => {
  it('escapes text and attributes', () => {
    expect(writeXml(xml('body', { a: `"<'>&` }, `a < b && "c" > 'd'`))).toBe(
      '<body a="&quot;&lt;&apos;&gt;&amp;">a &lt; b &amp;&amp; &quot;c&quot; &gt; &apos;d&apos;</body>',
    )
  })

  it('puts a sign of loss where XML has no way to say it', () => {
    expect(soundText('a\u0000b\u0008c\uFFFEd\uFFFFe\uD800f')).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf')
    expect(soundText('tab\tline\nreturn\r\nold\rpair 😀\u{10FFFF}')).toBe(
      'tab\tline\nreturn\nold\npair 😀\u{10FFFF}',
    )
  })

  it('names a namespace where it changes', () => {
    const inner = xml('x', { xmlns: 'urn:two' }, xml('y'), xml('z', { xmlns: 'urn:two' }))
    expect(writeXml(xml('m', { xmlns: 'urn:one' }, inner))).toBe(
      '<m xmlns="urn:one"><x xmlns="urn:two"><y/><z/></x></m>',
    )
  })

  it('leaves out what is undefined', () => {
    expect(writeXml(xml('m', { id: undefined, to: 'a' }, undefined, '', [undefined, xml('b')]))).toBe(
      '<m to="a"><b/></m>',
    )
  })
})

describe('XML that came in', () => {
  const node = xml('m', { id: '' }, 'one ', xml('x', { xmlns: 'urn:a' }), 'two', xml('x', { xmlns: 'urn:b' }))

  it('is found by name and namespace', () => {
    expect(elementOf(node, 'x', 'urn:b')?.ns).toBe('urn:b')
    expect(elementOf(node, 'x', 'urn:c')).toBeUndefined()
    expect(textOf(node)).toBe('one two')
    expect(attrOf(node, 'id')).toBeUndefined()
    expect(attrOf(node, 'constructor')).toBeUndefined()
  })
})

describe('addresses', () => {
  it.each([
    ['Alice@Chat.Test/Phone/1', { bare: 'alice@chat.test', resource: 'Phone/1' }],
    ['chat.test', { bare: 'chat.test', local: '' }],
    ['chat.test/a@b', { bare: 'chat.test', resource: 'a@b' }],
  ])('take %s apart', (text, parts) => expect(parseJid(text)).toMatchObject(parts))

  it.each(['', '@chat.test', 'a@', 'a b@chat.test', 'a@b@c', 'a@chat.test/', 'a@b\u0000', undefined])(
    'refuse %s',
    (text) => expect(bareJid(text)).toBeUndefined(),
  )

  it('are called as the user calls himself', () => {
    const short = createNames('chat.test', true)
    expect(short.userIdOf('alice@chat.test')).toBe('alice')
    expect(short.userIdOf('alice@else.test')).toBe('alice@else.test')
    expect(short.jidOfUser('alice')).toBe('alice@chat.test')
    expect(short.jidOfUser('alice@else.test')).toBe('alice@else.test')
    expect(createNames('chat.test', false).userIdOf('alice@chat.test')).toBe('alice@chat.test')
    expect(short.jidOfUser('a/b')).toBeUndefined()
  })

  it('of conversations say whom they are with', () => {
    expect(addressOf(directId('a@b'))).toEqual({ kind: 'direct', jid: 'a@b' })
    expect(addressOf(roomId('r@rooms.b'))).toEqual({ kind: 'group', jid: 'r@rooms.b' })
    for (const id of ['user:', 'a@b', 'user:A@b', 'user:a@b/c', 'user:b', 5, undefined]) {
      expect(addressOf(id)).toBeUndefined()
    }
  })
})
