import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { CAPS_TEXT, CAPS_VERSION } from '../../../../src/transports/xmpp/wire/caps'

it('the digest in the presence is that of the features told', () => {
  expect(CAPS_VERSION).toBe(createHash('sha1').update(CAPS_TEXT).digest('base64'))
})
