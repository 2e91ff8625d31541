import type { CodeWords, CompleteCodeWords } from './codeWords'
import { groupWords } from './en/groupWords'
import { messageWords } from './en/messageWords'
import { serviceWords } from './en/serviceWords'
import { sessionWords } from './en/sessionWords'
import { toDoWords } from './en/toDoWords'

const complete = {
  means: { ...sessionWords, ...messageWords, ...groupWords, ...serviceWords },
  toDo: toDoWords,
  tell: {
    developer: 'Tell the people who make this app: {code}.',
    operator: 'Tell the people who run this service: {code}.',
  },
  between: ' ',
} satisfies CompleteCodeWords

/** English words for codes. */
const words: CodeWords = complete
export default words
