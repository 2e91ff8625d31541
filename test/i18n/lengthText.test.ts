import { expect, it } from 'vitest'
import { createTranslator, en, lengthText } from '../../src/i18n'
import zhCN from '../../src/i18n/locales/zh-CN'

it.each([
  ['tea', 12, '12 characters left', '还可输入 12 个字符'],
  ['tea', -1, '1 character too long', '超出 1 个字符'],
  ['茶', 12, '12 bytes left', '还可输入 12 字节'],
  ['tea 🍵', -3, '3 bytes too long', '超出 3 字节'],
])('%s with %i left is "%s"', (text, left, english, chinese) => {
  expect(lengthText(createTranslator(en).t, left, text)).toBe(english)
  expect(lengthText(createTranslator(zhCN).t, left, text)).toBe(chinese)
})
