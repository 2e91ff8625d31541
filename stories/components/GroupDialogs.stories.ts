import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { h } from 'vue'
import { GroupAdmin } from 'vue-parley'
import { framed } from '../support/frame'
import { groupWorld } from '../support/groupWorld'
import { faces, stageLoader, wordIn } from '../support/stage'
import type { Stage } from '../support/stage'

/** What is asked on the way to a change of a group, on a phone and on a desktop; what comes of it is shown at `GroupAdmin`. */
const meta = {
  title: 'Components/GroupDialogs',
  component: GroupAdmin,
  args: { groupId: 'trail' },
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'bob', 'yasmin'], world: groupWorld })],
  render: (args, { loaded }) => framed(loaded['stage'] as Stage, () => h(GroupAdmin, args), { height: 600 }),
} satisfies Meta<typeof GroupAdmin>

export default meta
type Story = StoryObj<typeof meta>

/** The words on the button that opens each, and whether it stands in the menu of a member. */
const ways = {
  invite: { word: 'groupAdmin.invite' },
  kick: { word: 'groupAdmin.kick', ofMember: true },
  mute: { word: 'groupAdmin.muteCustom', ofMember: true },
  nameCard: { word: 'groupAdmin.nameCard', ofMember: true },
  transfer: { word: 'groupAdmin.transfer', ofMember: true },
  quit: { word: 'groupAdmin.quit' },
  dissolve: { word: 'groupAdmin.dissolve' },
} as const
type Asked = keyof typeof ways

const devices = { phone: 'mobile2', desktop: 'desktop' } as const

function story(asked: Asked, face: keyof typeof faces, device: keyof typeof devices): Story {
  const { globals } = faces[face]
  const way: { readonly word: string; readonly ofMember?: boolean } = ways[asked]
  return {
    globals: { ...globals, viewport: { value: devices[device] } },
    parameters: { asked, device },
    async play({ canvasElement }) {
      const canvas = within(canvasElement)
      const name = wordIn(globals.locale, way.word)
      if (way.ofMember) {
        await userEvent.click(await canvas.findByRole('button', { name: /Yasmin/i }))
        await userEvent.click(await screen.findByRole('menuitem', { name }))
      } else await userEvent.click(await canvas.findByRole('button', { name }))
      const dialog = await screen.findByRole('dialog')
      const { left, right } = dialog.getBoundingClientRect()
      await expect(left).toBeGreaterThanOrEqual(0)
      await expect(right).toBeLessThanOrEqual(innerWidth)
      await expect(innerWidth < 500).toBe(device === 'phone')
      await expect(dialog.scrollWidth).toBeLessThanOrEqual(dialog.clientWidth)
    },
  }
}

export const InviteOnPhone = story('invite', 'ChineseDark', 'phone')
export const InviteOnDarkPhone = story('invite', 'EnglishDark', 'phone')
export const InviteInChinese = story('invite', 'ChineseLight', 'desktop')
export const KickOnPhone = story('kick', 'ChineseDark', 'phone')
export const KickOnDarkPhone = story('kick', 'EnglishDark', 'phone')
export const KickInChinese = story('kick', 'ChineseLight', 'desktop')
export const MuteOnPhone = story('mute', 'ChineseDark', 'phone')
export const MuteOnDarkPhone = story('mute', 'EnglishDark', 'phone')
export const MuteInChinese = story('mute', 'ChineseLight', 'desktop')
export const NameCardOnPhone = story('nameCard', 'ChineseDark', 'phone')
export const NameCardOnDarkPhone = story('nameCard', 'EnglishDark', 'phone')
export const NameCardInChinese = story('nameCard', 'ChineseLight', 'desktop')
export const TransferOnPhone = story('transfer', 'ChineseDark', 'phone')
export const TransferOnDarkPhone = story('transfer', 'EnglishDark', 'phone')
export const TransferInChinese = story('transfer', 'ChineseLight', 'desktop')
export const QuitOnPhone = story('quit', 'ChineseDark', 'phone')
export const QuitOnDarkPhone = story('quit', 'EnglishDark', 'phone')
export const QuitInChinese = story('quit', 'ChineseLight', 'desktop')
export const DissolveOnPhone = story('dissolve', 'ChineseDark', 'phone')
export const DissolveOnDarkPhone = story('dissolve', 'EnglishDark', 'phone')
export const DissolveInChinese = story('dissolve', 'ChineseLight', 'desktop')
