import { describe, expect, it } from 'vitest'
import { isRightToLeft } from '../../../src/components/Message/textDirection'

describe('the direction of a text', () => {
  it('is that of its first letter', () => {
    for (const text of ['شكرا', '  12: שלום world', '🎉 مرحبا'])
      expect([text, isRightToLeft(text)]).toEqual([text, true])
    for (const text of ['', '123', 'hello שלום', '你好', '👍'])
      expect([text, isRightToLeft(text)]).toEqual([text, false])
  })
})
