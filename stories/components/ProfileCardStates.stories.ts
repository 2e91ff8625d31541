import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent } from 'storybook/test'
import { h } from 'vue'
import { ProfileCard } from 'vue-parley'
import { never } from '../support/answeringLine'
import { hostedRequests } from '../support/peopleFacets'
import { fileFriends, peopleWorld } from '../support/peopleWorld'
import { goOffline, sheet } from '../support/screenSheet'
import type { Cell, SheetState } from '../support/screenSheet'
import { STORY_NOW } from '../support/storyWorld'

/** Somebody's card in every state, on both devices, in both languages and both themes. */
const meta = {
  title: 'Screens/ProfileCard',
  component: ProfileCard,
  args: { userId: 'bob' },
} satisfies Meta<typeof ProfileCard>

export default meta
type Story = StoryObj<typeof meta>

const DAY = 86_400_000
const people = { world: peopleWorld, prepare: fileFriends }

const cardOf = (userId: string, state: string, { stage = people, ...story }: SheetState): Story =>
  sheet(
    {
      screen: 'ProfileCard',
      width: 440,
      height: 640,
      draw: (device) => h(ProfileCard, { userId, hasBack: device === 'phone' }),
    },
    state,
    { stage, ...story },
  )
const says = (path: string) => (cell: Cell) => expect(cell.canvas.getByText(cell.word(path))).toBeVisible()
const has = (path: string) => (cell: Cell) =>
  expect(cell.canvas.getByRole('button', { name: cell.word(path) })).toBeVisible()
const press = (path: string) => async (cell: Cell) =>
  userEvent.click(await cell.canvas.findByRole('button', { name: cell.word(path) }))

export const Friend = cardOf('bob', 'friend', {
  stage: { ...people, userIds: ['alice', 'bob'] },
  check: async (cell) => {
    await expect(cell.canvas.getByRole('heading', { name: 'Bobby' })).toBeVisible()
    await says('profile.online')(cell)
  },
})
export const Stranger = cardOf('ines2', 'stranger', {
  stage: { world: { ...peopleWorld, people: [...peopleWorld.people, { id: 'ines2', name: 'Inès Roy' }] } },
  check: has('profile.add'),
})
export const Asking = cardOf('open', 'asking', {
  act: press('profile.add'),
  check: ({ canvas, word }) =>
    expect(canvas.getByRole('textbox', { name: word('requests.wording') })).toBeVisible(),
})
export const Asked = cardOf('kwame', 'asked', { check: has('requests.accept') })
export const WithTimeLeft = cardOf('zhaolei', 'time left', {
  stage: {
    world: peopleWorld,
    facets: hostedRequests({
      id: 'r',
      userId: 'zhaolei',
      direction: 'out',
      state: 'refused',
      at: STORY_NOW - 3 * DAY,
    }),
  },
  check: ({ canvas }) => expect(canvas.getByText(/27 (days|天)/u)).toBeVisible(),
})
export const Closed = cardOf('hermit', 'closed to requests', {
  stage: { world: peopleWorld },
  check: says('profile.closedToAsks'),
})
export const Blocked = cardOf('hermit', 'blocked', { check: says('profile.blockedMark') })
export const LookAlike = cardOf('b0b', 'look-alike', {
  stage: { world: peopleWorld },
  check: ({ canvas }) => expect(canvas.getByRole('note')).toBeVisible(),
})
export const Own = cardOf('alice', 'own', { check: has('profile.edit') })
export const Editing = cardOf('alice', 'editing', {
  act: press('profile.edit'),
  check: ({ canvas, word }) =>
    expect(canvas.getByRole('textbox', { name: word('profile.name') })).toBeVisible(),
})
export const Unknown = cardOf('nobody', 'unknown', { check: says('profile.unknown') })
/** Until the name is there the id stands for it (G1). */
export const Loading = cardOf('kwame', 'loading', {
  stage: {
    world: peopleWorld,
    facets: () => ({ profiles: { fetch: never } }),
  },
  check: ({ canvas }) => expect(canvas.getByRole('heading', { name: 'kwame' })).toBeVisible(),
})
export const Offline = cardOf('kwame', 'offline', {
  stage: { world: peopleWorld, prepare: goOffline },
  check: ({ canvas }) => expect(canvas.getByRole('heading', { name: 'kwame' })).toBeVisible(),
})
