import { afterAll, afterEach } from 'vitest'

/**
 * Fails a test during which something was said on `console.warn` or `console.error`: a Vue warning is a defect.
 * A test that expects such words spies on the console itself, and then they do not come through here.
 */
const said: string[] = []

for (const level of ['warn', 'error'] as const) {
  console[level] = (...words: unknown[]) => {
    said.push(`console.${level}: ${words.map(readable).join(' ')}`)
  }
}

function readable(word: unknown): string {
  if (word instanceof Error) return word.stack ?? word.message
  if (typeof word === 'string') return word
  try {
    return JSON.stringify(word) ?? String(word)
  } catch {
    return String(word)
  }
}

function failIfSomethingWasSaid(): void {
  const words = said.splice(0)
  if (words.length > 0) throw new Error(`Unexpected words on the console:\n${words.join('\n')}`)
}

afterEach(failIfSomethingWasSaid)
afterAll(failIfSomethingWasSaid)
