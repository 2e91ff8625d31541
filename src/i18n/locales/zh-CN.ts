import type { Locale } from '../catalogue'
import app from './zh-CN/app'
import lists from './zh-CN/lists'
import groups from './zh-CN/groups'
import messages from './zh-CN/messages'
import composer from './zh-CN/composer'
import people from './zh-CN/people'

/** Simplified Chinese. */
const zhCN: Locale = {
  tag: 'zh-CN',
  direction: 'ltr',
  codeWords: () => import('../errors/zh-CN').then(({ default: words }) => words),
  messages: { ...app, ...lists, ...groups, ...messages, ...composer, ...people },
}

export default zhCN
