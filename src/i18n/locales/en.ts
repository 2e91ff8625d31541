import app from './en/app'
import lists from './en/lists'
import groups from './en/groups'
import messages from './en/messages'
import composer from './en/composer'
import people from './en/people'

/** English, and the shape that every other language must have. */
export default {
  tag: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',
  codeWords: () => import('../errors/en').then(({ default: words }) => words),
  messages: { ...app, ...lists, ...groups, ...messages, ...composer, ...people },
}
