import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent } from 'storybook/test'
import { h } from 'vue'
import { ContactList, FriendRequests, GroupInbox } from 'vue-parley'
import { answering, never, noAnswer } from '../support/answeringLine'
import { emptyWorld } from '../support/emptyWorld'
import { groupWorld } from '../support/groupWorld'
import { hostedContacts, hostedRequests } from '../support/peopleFacets'
import { fileFriends, peopleWorld } from '../support/peopleWorld'
import { goOffline, sheet } from '../support/screenSheet'
import type { Cell, SheetState } from '../support/screenSheet'
import type { Stage, StageOptions } from '../support/stage'
import { STORY_NOW } from '../support/storyWorld'

/** Contacts, friend requests and group requests in every state, on both devices, in both languages and both themes. */
const meta = {
  title: 'Screens/People',
  component: ContactList,
} satisfies Meta<typeof ContactList>

export default meta
type Story = StoryObj<typeof meta>

const DAY = 86_400_000
const stateOf = ({ frame }: Cell) => frame.querySelector<HTMLElement>('[data-state]')?.dataset['state']
const inState = (state: string) => (cell: Cell) => expect(stateOf(cell)).toBe(state)
const says = (path: string) => (cell: Cell) => expect(cell.canvas.getByText(cell.word(path))).toBeVisible()
const alerts = (path: string) => (cell: Cell) =>
  expect(cell.canvas.getByRole('alert')).toHaveTextContent(cell.word(path))
const press = (path: string) => async (cell: Cell) =>
  userEvent.click(await cell.canvas.findByRole('button', { name: cell.word(path) }))
const personIn = ({ canvas }: Cell, name: RegExp) => canvas.getByRole('option', { name })

const contactList = {
  screen: 'ContactList',
  width: 340,
  height: 620,
  draw: () => h(ContactList, { selected: 'linyue' }),
}
const contacts = (state: string, story: SheetState): Story => sheet(contactList, state, story)
const people = { world: peopleWorld, prepare: fileFriends }

export const Contacts = contacts('ready', {
  stage: { ...people, userIds: ['alice', 'bob'] },
  // Whoever has a page open is online.
  check: async (cell) => {
    await expect(personIn(cell, /^Bobby/)).toBeVisible()
    await expect(cell.frame.querySelectorAll('.parley-dot').length).toBeGreaterThan(0)
  },
})
export const ContactsLoading = contacts('loading', {
  stage: { world: peopleWorld, facets: hostedContacts({ list: never }) },
  check: inState('loading'),
})
export const ContactsFailed = contacts('failed', {
  stage: { world: peopleWorld, facets: hostedContacts({ list: noAnswer }) },
  check: alerts('contacts.failedTitle'),
})
export const ContactsOffline = contacts('offline', {
  stage: { prepare: goOffline },
  check: says('list.offlineTitle'),
})
export const NoContacts = contacts('empty', {
  stage: { world: emptyWorld },
  check: says('contacts.emptyTitle'),
})
export const NoSuchContact = contacts('nothing found', {
  stage: people,
  async act({ canvas, word }) {
    await userEvent.type(await canvas.findByRole('textbox', { name: word('contacts.filter') }), 'zzz')
  },
  check: ({ canvas, word }) =>
    expect(canvas.getByText(word('contacts.noMatch').replace('{query}', 'zzz'))).toBeVisible(),
})
export const Blocklist = contacts('blocklist', {
  stage: people,
  act: press('contacts.blocked'),
  check: (cell) => expect(personIn(cell, /^The Hermit/)).toBeVisible(),
})
export const NobodyBlocked = contacts('empty blocklist', {
  stage: { world: peopleWorld },
  act: press('contacts.blocked'),
  check: says('contacts.nobodyBlocked'),
})
export const Finding = contacts('finding', {
  stage: people,
  async act(cell) {
    await press('contacts.find')(cell)
    const field = await cell.canvas.findByRole('textbox', { name: cell.word('contacts.findLabel') })
    await userEvent.type(field, 'mensah{Enter}')
  },
  check: (cell) => expect(personIn(cell, /^Kwame Mensah/)).toBeVisible(),
})

const friendRequests = {
  screen: 'FriendRequests',
  width: 480,
  height: 560,
  draw: (device: string) => h(FriendRequests, { hasBack: device === 'phone' }),
}
const requests = (state: string, story: SheetState): Story => sheet(friendRequests, state, story)

export const Requests = requests('ready', {
  stage: { world: peopleWorld },
  check: ({ canvas }) => expect(canvas.getByRole('article', { name: 'Kwame Mensah' })).toBeVisible(),
})
export const RequestsLoading = requests('loading', {
  stage: { world: peopleWorld, facets: hostedContacts({ requests: never }) },
  check: inState('loading'),
})
export const RequestsFailed = requests('failed', {
  stage: { world: peopleWorld, facets: hostedContacts({ requests: noAnswer }) },
  check: alerts('requests.failedTitle'),
})
export const RequestsOffline = requests('offline', {
  stage: { prepare: goOffline },
  check: says('list.offlineTitle'),
})
export const NoRequests = requests('empty', {
  stage: { world: emptyWorld },
  check: says('requests.emptyIn'),
})
export const NothingSent = requests('nothing sent', {
  stage: { world: emptyWorld },
  act: press('requests.outgoing'),
  check: says('requests.emptyOut'),
})
/** What was sent says how long it is until one can ask again (H2). */
export const SentWithTimeLeft = requests('time left', {
  stage: {
    world: peopleWorld,
    facets: hostedRequests(
      { id: 'q', userId: 'zhaolei', direction: 'out', state: 'pending', at: STORY_NOW - DAY },
      { id: 'r', userId: 'hermit', direction: 'out', state: 'refused', at: STORY_NOW - 3 * DAY },
      { id: 's', userId: 'kwame', direction: 'out', state: 'accepted', at: STORY_NOW - 9 * DAY },
    ),
  },
  act: press('requests.outgoing'),
  check: ({ canvas }) => expect(canvas.getByText(/27 (days|天)/u)).toBeVisible(),
})
/** Answered without a network: it is shown at once, and travels later. */
export const AnswerOnItsWay = requests('answer on its way', {
  stage: {
    world: peopleWorld,
    facets: hostedRequests({
      id: 'r',
      userId: 'kwame',
      direction: 'in',
      state: 'pending',
      at: STORY_NOW - DAY,
    }),
  },
  async act(cell) {
    // Without a network a name that has not come stays away.
    const article = await cell.canvas.findByRole('article', { name: /^kwame/i })
    await expect(article).toBeVisible()
    await goOffline(cell.stage)
    const accept = cell.canvas.queryByRole('button', { name: cell.word('requests.accept') })
    if (accept) await userEvent.click(accept)
  },
  check: says('requests.onItsWay'),
})

const groupInbox = {
  screen: 'GroupInbox',
  width: 480,
  height: 400,
  draw: (device: string) => h(GroupInbox, { hasBack: device === 'phone' }),
}
const inbox = (state: string, story: SheetState): Story => sheet(groupInbox, state, story)

async function ask({ kits }: Stage): Promise<void> {
  await kits['linyue']?.dispatch({ type: 'joinGroup', groupId: 'trail', wording: '我也想去！' })
}
const applying = (applications: () => Promise<never>): StageOptions => ({
  world: groupWorld,
  line: answering('groups', { applications }),
})
export const GroupRequests = inbox('ready', {
  stage: { world: groupWorld, userIds: ['alice', 'linyue'], prepare: ask },
  check: ({ canvas }) => expect(canvas.getByText('我也想去！')).toBeVisible(),
})
export const GroupRequestsLoading = inbox('loading', {
  stage: applying(never),
  check: inState('loading'),
})
export const GroupRequestsFailed = inbox('failed', {
  stage: applying(noAnswer),
  check: alerts('groupInbox.failedTitle'),
})
export const GroupRequestsOffline = inbox('offline', {
  stage: { world: groupWorld, prepare: goOffline },
  check: says('list.offlineTitle'),
})
export const GroupRequestsStay = inbox('gone offline', {
  stage: { world: groupWorld, userIds: ['alice', 'linyue'], prepare: ask },
  ready: ({ canvas }) => canvas.findByText('我也想去！'),
  meanwhile: goOffline,
  check: ({ canvas }) => expect(canvas.getByText('我也想去！')).toBeVisible(),
})
export const NoGroupRequests = inbox('empty', {
  stage: { world: groupWorld },
  check: says('groupInbox.nothing'),
})
