import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { en } from '../../../src/i18n'

const read = (path: string) => readFileSync(path, 'utf8')
const stories = readdirSync('stories/components')
  .filter((name) => name.endsWith('.stories.ts'))
  .map((name) => read(`stories/components/${name}`))

/** The kinds the kit draws, as its registry names them. */
const kinds = [
  ...(
    /const kitRenderers[^{]*\{([^}]*)\}/u.exec(read('src/components/Message/kitRenderers.ts'))?.[1] ?? ''
  ).matchAll(/^\s*(\w+):/gmu),
].map(([, kind]) => kind ?? '')
/** The actions the kit offers, as their type names them. */
const actions = [
  ...(
    /export type MessageActionId =([^\n]*\n(?:\s*\|[^\n]*\n)*)/u.exec(
      read('src/composables/useMessageActions.ts'),
    )?.[1] ?? ''
  ).matchAll(/'(\w+)'/gu),
].map(([, id]) => id ?? '')

/** Where the result of each action is read in another person's kit, at the service, or on the clipboard: words of a story. */
const exercises: Readonly<Record<string, RegExp>> = {
  reply: /newestAt\([^)]*message\) => message\.replyTo/u,
  edit: /newestAt\([^)]*message\) => textOf\(message\) === 'At seven'/u,
  copy: /\^Copy/u,
  translate: /\^Translate/u,
  transcribe: /\^Show as text/u,
  forward: /part\?\.kind === 'merged'/u,
  select: /\^Select/u,
  pin: /\^Pin for everybody/u,
  details: /\^Details/u,
  resend: /Retry|Send all again/u,
  recall: /recalled !== undefined/u,
  delete: /Delete for me/u,
  drop: /Delete all|'Delete'/u,
}

describe('every kind of message', () => {
  it('is known to this test', () => {
    expect(kinds).toContain('text')
    expect(kinds.length).toBeGreaterThan(10)
  })

  it.each(kinds.filter((kind) => kind !== 'notice'))(
    '%s has a sample that is drawn in both languages and themes',
    (kind) => {
      const samples = read('stories/support/kindSamples.ts')
      expect(samples).toMatch(new RegExp(`^  ${kind}: \\[`, 'mu'))
      const story = read('stories/components/MessageKinds.stories.ts')
      for (const face of ['EnglishLight', 'EnglishDark', 'ChineseLight', 'ChineseDark']) {
        expect(story).toContain(`export const ${face}: Story = { ...faces.${face}, play: showsAll }`)
      }
    },
  )
})

describe('every action on a message', () => {
  it('is known to this test', () => {
    expect(Object.keys(exercises).sort()).toEqual([...actions].sort())
  })

  it.each(actions)('%s is done in a story', (id) => {
    expect(stories.some((story) => exercises[id]?.test(story))).toBe(true)
  })
})

describe('every state of an own message', () => {
  it.each(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unsure'] as const)(
    '%s has words',
    (state) => expect(en.messages.message[state]).not.toBe(''),
  )
})
