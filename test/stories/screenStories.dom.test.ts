import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LIST_STATES } from '../../src/components/ListScreen'
import * as conversationList from '../../stories/components/ConversationListStates.stories'
import * as people from '../../stories/components/PeopleStates.stories'
import * as profileCard from '../../stories/components/ProfileCardStates.stories'
import { DEVICES } from '../../stories/support/screenSheet'
import { looks } from '../../stories/support/stage'

/** What each screen shows beside the states that every list has. */
const statesOfScreens = {
  ConversationList: [
    ...LIST_STATES,
    'nothing on the tab',
    'found',
    'nothing found',
    'offer',
    'folded',
    'unfolded',
    'choosing',
    'menu',
    'aside',
  ],
  ContactList: [...LIST_STATES, 'nothing found', 'blocklist', 'empty blocklist', 'finding'],
  FriendRequests: [...LIST_STATES, 'nothing sent', 'time left', 'answer on its way'],
  GroupInbox: [...LIST_STATES],
  ProfileCard: [
    ...['friend', 'stranger', 'asking', 'asked', 'time left', 'closed to requests', 'blocked'],
    ...['look-alike', 'own', 'editing', 'unknown', 'loading', 'offline'],
  ],
} as const

interface AnyStory {
  readonly parameters?: { readonly screen?: string; readonly state?: string }
  readonly play?: unknown
}

const shown = [conversationList, people, profileCard]
  .flatMap((file) => Object.entries(file as Record<string, AnyStory>))
  .filter(([name, { play }]) => name !== 'default' && typeof play === 'function')
  .map(([, { parameters }]) => `${parameters?.screen}: ${parameters?.state}`)

describe('the stories of screens', () => {
  it('show every screen in every state', () => {
    const wanted = Object.entries(statesOfScreens).flatMap(([screen, states]) =>
      states.map((state) => `${screen}: ${state}`),
    )
    expect(shown.toSorted()).toEqual(wanted.toSorted())
  })

  it('leave out no screen that is a list', () => {
    const lists = readdirSync('src/components', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('Root.vue'))
      .filter((file) => readFileSync(`src/components/${file}`, 'utf8').includes('<ListScreen'))
      .map((file) => file.split('/')[0])
    expect(lists.length).toBeGreaterThan(3)
    expect(Object.keys(statesOfScreens)).toEqual(expect.arrayContaining(lists))
  })

  it('show each on every device, in every language and every theme', () => {
    const languages = readdirSync('src/i18n/locales').flatMap((file) => /^(.+)\.ts$/.exec(file)?.[1] ?? [])
    expect(DEVICES).toEqual(['desktop', 'phone'])
    expect(new Set(looks.map(({ locale }) => locale))).toEqual(new Set(languages))
    expect(looks).toHaveLength(languages.length * 2)
  })
})
