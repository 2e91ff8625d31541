import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, within } from 'storybook/test'
import { h } from 'vue'
import { ChatPanel } from 'vue-parley'
import { framed } from '../support/frame'
import { eventually, findLog, press } from '../support/reader'
import { stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** What people read when the service refuses a message, and the ways out. */
const meta = {
  title: 'States/Error words',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ open: { userId: 'bob' } })],
  render: (_, { loaded, parameters }) =>
    framed(
      loaded['stage'] as Stage,
      (stage) => h(ChatPanel, { conversationId: stage.conversationId ?? null }),
      { height: 640, width: (parameters['width'] as number | undefined) ?? 640 },
    ),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

/** The code, and what is read of it in English and in Chinese. */
const told: readonly (readonly [code: number, english: string, chinese: string])[] = [
  [4005, 'This file is blocked by the service. Choose another file.', '此文件已被服务封禁。请换一个文件。'],
  [7004, 'The file is not there any more. Choose another file.', '文件已不在原处。请换一个文件。'],
  [7005, 'The file is larger than 100 MB.', '文件大于 100 MB。'],
  [7006, 'The file is empty.', '文件是空的。'],
  [114001, 'The app may not read this file.', '应用无权读取此文件。'],
  [80001, 'The message holds words that are not allowed.', '消息里有不允许的词语。请修改后重新发送。'],
  [80002, 'The message is longer than 12 KB. Make it shorter.', '消息长度超过 12 KB。请缩短内容。'],
  [
    80003,
    'it did not answer in time. Tell the people who run this service: tencent 80003.',
    '请告知服务管理员：tencent 80003。',
  ],
  [80004, 'The message holds a picture that is not allowed.', '消息里有不允许的图片。'],
  [20006, "The app's own server did not let this message through.", '应用自己的服务器没有放行这条消息。'],
  [20003, 'This person does not exist at the service.', '服务端没有这个人。'],
  [20007, 'This person does not take messages from you.', '对方不接收你的消息。'],
  [20008, 'The receiver belongs to another app', '接收人属于另一个应用'],
  [
    20009,
    'only friends can write to each other here. Send a friend request first.',
    '你们还不是好友，这里只有好友之间才能发消息。请先发送好友申请。',
  ],
  [20010, 'You are not among this person', '你不在对方的好友列表里。'],
  [20011, 'This person is not among your friends.', '对方不在你的好友列表里。'],
  [
    20012,
    'You are muted and cannot send messages. Ask the people who run this service.',
    '你已被禁言，不能发送消息。请联系服务管理员。',
  ],
  [
    10017,
    'You are muted in this group. Ask the owner or an admin of the group.',
    '你在这个群里被禁言了。请联系群主或管理员。',
  ],
  [10010, 'This group does not exist, or it was dissolved.', '此群不存在或已解散。'],
  [10053, 'More than 30 people are mentioned. Remove some first.', '一条消息最多 @ 30 人。请先减少一些。'],
  [8005, 'Forwarded chats are nested more than 100 deep.', '合并转发的聊天记录嵌套超过 100 层。'],
  [7013, 'The plan of the service does not include this.', '服务套餐不含此功能。'],
  [
    60020,
    'The app has no valid plan at the service, or a bill is open.',
    '应用没有有效的服务套餐，或有未结的账单。',
  ],
  [-10112, 'This app was disabled at the service.', '此应用在服务端已停用。'],
  [
    9522,
    'This is larger than 1 MB, the most that one request can hold. Make it shorter.',
    '内容超过 1 MB，超出单次请求的上限。请缩短内容。',
  ],
  [9516, 'The address of the service could not be read', '服务地址无法识别'],
  [90001, 'Tell the people who make this app: tencent 90001.', '请告知应用开发者：tencent 90001。'],
  [6016, 'A part of the message is not valid.', '消息中有一部分无效。'],
  [6021, 'A part of the message was not made by the chat itself.', '消息中有一部分不是由聊天功能生成的。'],
  [
    120_500,
    "The app's own server refused this. Tell the people who run this service: tencent 120500.",
    '应用自己的服务器拒绝了此操作。请告知服务管理员：tencent 120500。',
  ],
]

async function refuse(stage: Stage, code: number, text: string): Promise<void> {
  const { kit, service, conversationId = '' } = stage
  service.failNext({ call: 'messages.send', code })
  await kit.dispatch({ type: 'sendMessage', conversationId, parts: [{ kind: 'text', text }] })
}

const reads =
  (language: 1 | 2): NonNullable<Story['play']> =>
  async ({ canvasElement, loaded }) => {
    const stage = loaded['stage'] as Stage
    const log = within(await findLog(canvasElement))
    await expect(told.length).toBe(30)
    for (const row of told) {
      await refuse(stage, row[0], `${row[0]}`)
      await eventually(() => expect(log.getByText(row[language], { exact: false })).toBeVisible())
    }
  }

/** Thirty codes from the service, each read on the screen. */
export const InEnglish: Story = { play: reads(1) }
export const InChinese: Story = { globals: { locale: 'zh-CN' }, play: reads(2) }
export const InChineseOnAPhoneInTheDark: Story = {
  globals: { locale: 'zh-CN', theme: 'dark' },
  parameters: { width: 390 },
  play: reads(2),
}

/** What the service does not let through goes back into the field, before what is written there, and the cursor with it. */
export const TakenBackToChange: Story = {
  async play({ canvasElement, loaded }) {
    const stage = loaded['stage'] as Stage
    const log = within(await findLog(canvasElement))
    await refuse(stage, 80001, 'Some rude words')
    await eventually(() => expect(log.getByRole('button', { name: 'Change it' })).toBeVisible())
    await expect(log.queryByRole('button', { name: 'Retry' })).toBeNull()
    await press(log.getByRole('button', { name: 'Change it' }))
    const field = within(canvasElement).getByRole('textbox')
    await eventually(() => expect(field).toHaveValue('Some rude words'))
    await expect(field).toHaveFocus()
    await eventually(() => expect(log.queryByText('Some rude words')).toBeNull())
  },
}

/** A code that passes by itself is never shown: the message goes a moment later. */
export const PassesByItself: Story = {
  async play({ canvasElement, loaded }) {
    const stage = loaded['stage'] as Stage
    await findLog(canvasElement)
    await refuse(stage, 20004, 'In a moment')
    const canvas = within(canvasElement)
    await eventually(() => expect(canvas.getByRole('article', { name: /In a moment.*Sent/ })).toBeVisible())
    await expect(canvas.queryByText(/Not sent/)).toBeNull()
  },
}
