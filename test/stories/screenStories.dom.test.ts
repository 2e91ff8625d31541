import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LIST_STATES } from '../../src/components/ListScreen'
import * as conversationList from '../../stories/components/ConversationListStates.stories'
import * as dialogs from '../../stories/components/GroupDialogs.stories'
import * as groups from '../../stories/components/GroupScreens.stories'
import * as people from '../../stories/components/PeopleStates.stories'
import * as profileCard from '../../stories/components/ProfileCardStates.stories'
import { DEVICES, everyLook, pairedLooks } from '../../stories/support/screenSheet'
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
  GroupInbox: [...LIST_STATES, 'gone offline'],
  GroupAdmin: [
    ...['owner', 'plain member', 'loading', 'failed', 'offline', 'ended', 'nothing found'],
    ...['muted', 'nobody muted', 'banned', 'nobody banned', 'banned failed'],
    ...['notes', 'no notes', 'notes failed'],
  ],
  FindGroups: [
    ...['nothing asked', 'open', 'approval', 'waiting', 'closed', 'banned', 'inside'],
    ...['nothing found', 'loading', 'failed'],
  ],
  CreateGroupForm: ['type', 'people', 'details', 'failed', 'not everybody'],
  ChatPanel: ['announcement', 'long announcement'],
  LiveRoom: ['in', 'offline', 'muted', 'muted for all', 'put out', 'ended', 'failed'],
  ProfileCard: [
    ...['friend', 'stranger', 'asking', 'asked', 'time left', 'closed to requests', 'blocked'],
    ...['look-alike', 'own', 'editing', 'unknown', 'loading', 'offline'],
  ],
} as const

/** What is asked in a dialog before a group is changed. */
const groupDialogs = ['invite', 'kick', 'mute', 'nameCard', 'transfer', 'quit', 'dissolve'] as const

interface AnyStory {
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly globals?: Readonly<Record<string, unknown>>
  readonly play?: unknown
}

/** The stories of a file that are played. */
function playedIn(file: object): readonly AnyStory[] {
  return Object.entries(file as Readonly<Record<string, AnyStory>>).flatMap(([name, story]) =>
    name !== 'default' && typeof story.play === 'function' ? [story] : [],
  )
}

const shown = [conversationList, people, profileCard, groups]
  .flatMap(playedIn)
  .map(({ parameters }) => `${String(parameters?.['screen'])}: ${String(parameters?.['state'])}`)

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

  it('know every device, every language and every theme', () => {
    const languages = readdirSync('src/i18n/locales').flatMap((file) => /^(.+)\.ts$/.exec(file)?.[1] ?? [])
    expect(DEVICES).toEqual(['desktop', 'phone'])
    expect(new Set(looks.map(({ locale }) => locale))).toEqual(new Set(languages))
    expect(looks).toHaveLength(languages.length * 2)
    expect(everyLook).toHaveLength(looks.length * DEVICES.length)
  })

  it('pair each two of device, language and theme, where not every look is shown', () => {
    const pairsOf = (all: typeof everyLook) =>
      all.flatMap(({ device, locale, theme }) => [
        `${locale} ${theme}`,
        `${locale} ${device}`,
        `${theme} ${device}`,
      ])
    expect(new Set(pairsOf(pairedLooks))).toEqual(new Set(pairsOf(everyLook)))
    expect(pairedLooks.length).toBeLessThan(everyLook.length)
  })

  it('show every dialog of a group on a phone and on a desktop, in every language and theme', () => {
    const faces = playedIn(dialogs).map(({ parameters, globals }) => ({ ...parameters, ...globals }))
    expect(new Set(faces.map((face) => face['asked']))).toEqual(new Set(groupDialogs))
    for (const dialog of groupDialogs) {
      const own = faces.filter((face) => face['asked'] === dialog)
      const seen = (key: string) => new Set(own.map((face) => face[key]))
      expect(seen('device')).toEqual(new Set(DEVICES))
      expect(seen('locale')).toEqual(new Set(looks.map(({ locale }) => locale)))
      expect(seen('theme')).toEqual(new Set(looks.map(({ theme }) => theme)))
    }
  })
})
