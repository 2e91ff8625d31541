import type { Session, Turn } from './turn'

const LINE = /^(\w+): (?:!(\d+) ?)?(.*)$/

/**
 * Reads a conversation written as plain lines: `alice: text`, `alice: !3 caption` for a picture, `¶` for a line break,
 * and `---` or `--- 5` where one or more days pass.
 */
export function readScript(script: string): Session[] {
  const sessions: { gapDays: number; turns: Turn[] }[] = [{ gapDays: 1, turns: [] }]
  for (const line of script.split('\n').map((raw) => raw.trim())) {
    if (line === '') continue
    if (line.startsWith('---')) {
      sessions.push({ gapDays: Number(line.slice(3).trim() || 1), turns: [] })
      continue
    }
    const found = LINE.exec(line)
    if (found === null) throw new SyntaxError(`not a line of a conversation: ${line}`)
    const [, senderId = '', picture, text = ''] = found
    const turn = { senderId, text: text.replace(/\s*¶\s*/g, '\n') }
    sessions.at(-1)?.turns.push(picture === undefined ? turn : { ...turn, picture: Number(picture) })
  }
  return sessions
}
