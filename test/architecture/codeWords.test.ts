import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import type { Rolldown } from 'vite'
import { describe, expect, it } from 'vitest'
import { aliases } from '../../vite.config'
import english from '../../src/i18n/errors/en'
import chinese from '../../src/i18n/errors/zh-CN'
import { en } from '../../src/i18n'
import type { CodeWords } from '../../src/i18n'
import zhCN from '../../src/i18n/locales/zh-CN'

const entry = 'virtual:app'
type Chunk = Rolldown.OutputChunk

/** Builds an app of these few lines as its own bundler would. */
async function bundled(source: string): Promise<readonly Chunk[]> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: aliases },
    plugins: [
      {
        name: 'app',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? source : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' },
    },
  })
  const outputs = [built].flat() as readonly Rolldown.RolldownOutput[]
  return outputs.flatMap(({ output }) => output).filter((file) => file.type === 'chunk')
}
/** What is there once the page has begun: the entry and all it imports at once. */
function atOnce(chunks: readonly Chunk[]): string {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const seen = new Set<string>()
  const walk = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    byName.get(name)?.imports.forEach(walk)
  }
  chunks.filter(({ isEntry }) => isEntry).forEach(({ fileName }) => walk(fileName))
  return [...seen].map((name) => byName.get(name)?.code ?? '').join('\n')
}
/** Short ones the interface says too. */
const saidAnyway = JSON.stringify([en.messages, zhCN.messages])
const sentencesOf = ({ means }: CodeWords) =>
  Object.values(means).filter((sentence) => !saidAnyway.includes(sentence))
const sentences = [english, chinese].flatMap(sentencesOf)
const wordsIn = (code: string) => sentences.filter((sentence) => code.includes(sentence)).length
const gzippedKb = (code: string) => gzipSync(code).length / 1024

describe('an app that shows codes only', { timeout: 120_000 }, () => {
  it('has the rules of all codes and the words of none', async () => {
    const chunks = await bundled(
      `import { errorInfo } from 'vue-parley/core'; export const rule = (code) => errorInfo('tencent', code)?.retry`,
    )
    const code = chunks.map((chunk) => chunk.code).join('\n')
    expect(code).toContain('after-sign-in')
    expect(code).toContain('30539')
    expect(wordsIn(code)).toBe(0)
    // The rules take 9 KB; more than that and something came along.
    expect(gzippedKb(code)).toBeLessThan(12)
  })
})

describe('an app with a language', { timeout: 120_000 }, () => {
  it('has the words in files of their own, which it does not load at once', async () => {
    const chunks = await bundled(`export { default as zhCN } from 'vue-parley/locales/zh-CN'`)
    expect(wordsIn(atOnce(chunks))).toBe(0)
    const later = chunks.filter(({ isDynamicEntry }) => isDynamicEntry)
    expect(wordsIn(later.map(({ code }) => code).join('\n'))).toBe(sentencesOf(chinese).length)
  })

  it('has the words where it asks for them by itself', async () => {
    const chunks = await bundled(`export { default as words } from 'vue-parley/errors/en'`)
    expect(wordsIn(atOnce(chunks))).toBe(sentencesOf(english).length)
  })
})
