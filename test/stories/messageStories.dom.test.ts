import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { kitRenderers } from '../../src/components/Message/kitRenderers'
import { MESSAGE_ACTION_IDS, ROW_STATES } from '../../src/composables'
import * as actionMenus from '../../stories/components/ActionMenus.stories'
import * as messageActions from '../../stories/components/MessageActions.stories'
import * as messageFacts from '../../stories/components/MessageFacts.stories'
import * as messageStates from '../../stories/components/MessageStates.stories'
import { statesOfKinds } from '../../stories/support/rowStateStage'
import { faces, looks } from '../../stories/support/stage'

/** What of a story tells what it shows. */
interface AnyStory {
  readonly globals?: unknown
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly play?: unknown
}

/** The stories of a file that are also played. */
function playedIn(stories: object): readonly AnyStory[] {
  const named = Object.entries(stories as Record<string, AnyStory>).filter(([name]) => name !== 'default')
  return named.map(([, story]) => story).filter(({ play }) => typeof play === 'function')
}

const sorted = (values: Iterable<unknown>) => [...new Set(values)].map(String).sort()

/** Every kind: what the kit draws itself, what only an app can draw, and what nobody knows. */
const kinds = [...Object.keys(kitRenderers), 'custom', 'unsupported']
const languages = readdirSync('src/i18n/locales').flatMap((file) => /^(.+)\.ts$/.exec(file)?.[1] ?? [])
const themes = ['light', 'dark']

describe('the stories of messages', () => {
  it('have one for every kind there is a renderer of', () => {
    expect(sorted(playedIn(messageStates).map(({ parameters }) => parameters?.['kind']))).toEqual(
      sorted(kinds),
    )
  })

  it('show every state, each in every kind that can be in it', () => {
    expect(sorted(Object.values(statesOfKinds).flat())).toEqual(sorted(ROW_STATES))
    expect(sorted(Object.keys(statesOfKinds))).toEqual(sorted(kinds))
  })

  it('show them in every language and every theme there is', () => {
    expect(sorted(looks.map(({ locale }) => locale))).toEqual(sorted(languages))
    expect(sorted(looks.map(({ theme }) => theme))).toEqual(sorted(themes))
    expect(looks).toHaveLength(languages.length * themes.length)
    const shown = playedIn(actionMenus).flatMap(({ globals }) => (globals === undefined ? [] : [globals]))
    expect(shown).toEqual(expect.arrayContaining(looks))
    expect(Object.values(faces).map(({ globals }) => globals)).toEqual(expect.arrayContaining(looks))
  })

  it('do what every action is for', () => {
    const done = [actionMenus, messageActions, messageFacts]
      .flatMap(playedIn)
      .flatMap(({ parameters }) => parameters?.['action'] ?? [])
    expect(sorted(done)).toEqual(sorted(MESSAGE_ACTION_IDS))
  })
})
