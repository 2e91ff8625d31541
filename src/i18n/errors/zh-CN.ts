import type { CodeWords, CompleteCodeWords } from './codeWords'
import { groupWords } from './zhCN/groupWords'
import { messageWords } from './zhCN/messageWords'
import { serviceWords } from './zhCN/serviceWords'
import { sessionWords } from './zhCN/sessionWords'
import { toDoWords } from './zhCN/toDoWords'

const complete = {
  means: { ...sessionWords, ...messageWords, ...groupWords, ...serviceWords },
  toDo: toDoWords,
  tell: {
    developer: '请告知应用开发者：{code}。',
    operator: '请告知服务管理员：{code}。',
  },
  between: '',
} satisfies CompleteCodeWords

/** Simplified Chinese words for codes. */
const words: CodeWords = complete
export default words
