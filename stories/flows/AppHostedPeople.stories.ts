import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { h } from 'vue'
import { ChatApp, ChatKitProvider } from 'vue-parley'
import { restPeople } from '../examples/restPeople'
import { createRestService } from '../examples/restServer'
import { stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'
import { STORY_NOW } from '../support/storyWorld'
const people = [
  { id: 'alice', name: 'Alice of the shop' },
  { id: 'bob', name: 'Bob of the shop', signature: 'Sells tea' },
]

/** A new service for each story, in the page; the example's server answers the same over HTTP. */
let service = createRestService(people, () => STORY_NOW)

/**
 * The app keeps its own users and friends, behind a plain REST service; messages go over the chat backend. The facets that do it
 * are in `stories/examples`.
 */
const meta = {
  title: 'Flows/App-hosted people',
  component: ChatApp,
  parameters: { layout: 'fullscreen' },
  beforeEach: () => {
    service = createRestService(people, () => STORY_NOW)
  },
  loaders: [
    stageLoader({
      userIds: ['alice', 'bob'],
      world: {
        people: people.map(({ id }) => ({ id, name: `${id} of the chat backend` })),
        friendships: [['alice', 'bob']],
        groups: [],
        conversations: [],
      },
      facets: (userId) =>
        restPeople({
          baseUrl: 'https://shop.example',
          userId,
          pollMs: 200,
          fetch: (request) => service.handle(request),
        }),
    }),
  ],
  render: (_, { loaded }) => ({
    setup: () => () => {
      const { kits } = loaded['stage'] as Stage
      return h(
        'div',
        { style: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '12px', blockSize: '700px' } },
        ['alice', 'bob'].map((id) => {
          const kit = kits[id]
          return h('section', { 'aria-label': id, style: { minInlineSize: 0, blockSize: '700px' } }, [
            kit && h(ChatKitProvider, { kit }, { default: () => h(ChatApp, { theme: 'inherit' }) }),
          ])
        }),
      )
    },
  }),
} satisfies Meta<typeof ChatApp>

export default meta
type Story = StoryObj<typeof meta>

/** Alice finds Bob in the shop, asks him, and he accepts; the names are the shop's. */
export const Friends: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const alice = within(await canvas.findByRole('region', { name: 'alice' }))
    const bob = within(canvas.getByRole('region', { name: 'bob' }))
    await userEvent.click(await alice.findByRole('button', { name: 'Contacts' }))
    await expect(await alice.findByText('No contacts yet', {})).toBeVisible()
    await userEvent.click(alice.getAllByRole('button', { name: 'Add a friend' })[0] as HTMLElement)
    await userEvent.type(alice.getByRole('textbox', { name: 'Id or name' }), 'tea{Enter}')
    await expect(await alice.findByText('Nobody was found for “tea”.', {})).toBeVisible()
    await userEvent.clear(alice.getByRole('textbox', { name: 'Id or name' }))
    await userEvent.type(alice.getByRole('textbox', { name: 'Id or name' }), 'bob{Enter}')
    await userEvent.click(await alice.findByRole('option', { name: /Bob of the shop/ }))
    await userEvent.click(await alice.findByRole('button', { name: 'Add friend' }))
    await userEvent.type(alice.getByRole('textbox', { name: 'What you say' }), 'Two pounds of oolong')
    await userEvent.click(alice.getByRole('button', { name: 'Send the request' }))
    await userEvent.click(await bob.findByRole('button', { name: /^Contacts, 1 friend request/ }))
    await userEvent.click(await bob.findByRole('button', { name: /^Friend requests/ }))
    const request = within(await bob.findByRole('article', { name: 'Alice of the shop' }))
    await expect(request.getByText('Two pounds of oolong')).toBeVisible()
    await userEvent.click(request.getByRole('button', { name: 'Accept' }))
    await expect(await request.findByText('Accepted', {})).toBeVisible()
    await expect(await alice.findByRole('button', { name: 'Delete friend' })).toBeVisible()
  },
}
