import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent } from 'storybook/test'
import { h } from 'vue'
import { ChatPanel, CreateGroupForm, FindGroups, GroupAdmin, LiveRoom } from 'vue-parley'
import type { Intent } from 'vue-parley'
import { answering, never, refused } from '../support/answeringLine'
import { groupWorld } from '../support/groupWorld'
import { fakeVideo, liveWorld } from '../support/liveWorld'
import { goOffline, pairedLooks, sheet } from '../support/screenSheet'
import type { Cell, SheetScreen, SheetState } from '../support/screenSheet'
import type { Stage, StageOptions } from '../support/stage'
import { STORY_NOW } from '../support/storyWorld'

/** The screens of groups in every state, in both languages, both themes and on both devices. */
const meta = {
  title: 'Screens/Groups',
  component: GroupAdmin,
  args: { groupId: 'trail' },
} satisfies Meta<typeof GroupAdmin>

export default meta
type Story = StoryObj<typeof meta>

/** How a screen gets into a state, and what is read there. */
type Way = Omit<SheetState, 'check'> & {
  /** What is read, or the path of a word that is. */
  readonly seen: RegExp | string
}

const DAY = 24 * 60 * 60_000

/** What makes the stories of a screen, on the stage it usually has. */
function shownAs(screen: Omit<SheetScreen, 'looks'>, usual: StageOptions) {
  return (state: string, { stage, seen, ...way }: Way): Story =>
    sheet({ ...screen, looks: pairedLooks }, state, {
      ...way,
      stage: { world: groupWorld, ...usual, ...stage },
      check: ({ frame, word }) =>
        expect(frame.innerText).toMatch(typeof seen === 'string' ? word(seen) : seen),
    })
}
const adminScreen = {
  screen: 'GroupAdmin',
  width: 560,
  height: 900,
  draw: () => h(GroupAdmin, { groupId: 'trail' }),
}
const admin = shownAs(adminScreen, { userIds: ['alice', 'bob'] })
const members = shownAs(adminScreen, { userIds: ['bob', 'alice'] })
const finding = shownAs(
  { screen: 'FindGroups', width: 560, height: 320, draw: () => h(FindGroups) },
  { userIds: ['linyue', 'alice'] },
)
const creating = shownAs(
  { screen: 'CreateGroupForm', width: 560, height: 640, draw: () => h(CreateGroupForm) },
  { userIds: ['alice', 'bob'] },
)
const panel = shownAs(
  {
    screen: 'ChatPanel',
    width: 560,
    height: 420,
    draw: (_, { conversationId }) => h(ChatPanel, { conversationId }),
  },
  { userIds: ['bob', 'alice'], open: { groupId: 'trail' } },
)
const live = shownAs(
  {
    screen: 'LiveRoom',
    width: 560,
    height: 560,
    draw: () => h(LiveRoom, { groupId: 'kitchen' }, { video: fakeVideo }),
  },
  { userIds: ['alice', 'bob', 'linyue'], world: liveWorld },
)

/** What somebody does before the story begins. */
const after = (userId: string, ...intents: readonly Intent[]): StageOptions => ({
  async prepare({ kits }) {
    for (const intent of intents) await kits[userId]?.dispatch(intent)
  },
})
const by = (userId: string, intent: Intent) => (stage: Stage) => stage.kits[userId]?.dispatch(intent)
const press =
  (name: RegExp) =>
  async ({ canvas }: Cell) =>
    userEvent.click(await canvas.findByRole('button', { name }))
const listed = ({ canvas }: Cell) => canvas.findAllByRole('listitem')

const next = press(/^(Next|下一步)$/)
const toDetails = async (cell: Cell) => {
  await next(cell)
  await next(cell)
}
const create = async (cell: Cell) => {
  await toDetails(cell)
  await press(/^(Create group|创建群组)$/)(cell)
}

export const AdminOwner = admin('owner', { ready: listed, seen: /Yasmin/ })
export const AdminPlainMember = admin('plain member', {
  stage: { userIds: ['yasmin'] },
  ready: listed,
  seen: /Leave group|退出群/,
})
export const AdminLoading = admin('loading', {
  stage: { line: answering('groups', { members: never }) },
  seen: /Loading|加载中/,
})
export const AdminFailed = admin('failed', {
  stage: { line: answering('groups', { members: refused }) },
  seen: /Try again|重试/,
})
export const AdminOffline = admin('offline', {
  ready: listed,
  meanwhile: goOffline,
  seen: /Yasmin/,
})
export const AdminEnded = admin('ended', {
  ready: listed,
  meanwhile: by('alice', { type: 'dissolveGroup', groupId: 'trail' }),
  seen: /You are not in this group any more|你已不在这个群/,
})

export const CreateType = creating('type', { seen: /Work group|好友工作群/ })
export const CreatePeople = creating('people', { act: next, seen: /Bob/ })
export const CreateDetails = creating('details', {
  act: toDetails,
  seen: /Without a name|不填则命名为/,
})
export const CreateFailed = creating('failed', {
  stage: { line: answering('groups', { create: refused }) },
  act: create,
  seen: /trouble of its own|群服务自身出了问题/,
})
export const CreateNotEverybody = creating('not everybody', {
  stage: {
    line: answering('groups', (groups) => ({
      create: async (...wanted) => ({
        ...(await groups.create(...wanted)),
        members: { done: ['yasmin'], pending: ['bob'], failed: [] },
      }),
    })),
  },
  act: create,
  seen: /Was asked and has to agree|已邀请，等待对方同意/,
})

export const MembersMuted = members('muted', {
  stage: after('alice', {
    type: 'setMuted',
    groupId: 'trail',
    userIds: ['yasmin'],
    until: STORY_NOW + DAY,
  }),
  act: press(/^(Muted|被禁言)$/),
  seen: /Yasmin[\s\S]*(hours left|还剩)/,
})
export const NobodyMuted = members('nobody muted', {
  act: press(/^(Muted|被禁言)$/),
  seen: /Nobody is muted|没有人被禁言/,
})
export const MembersBanned = members('banned', {
  stage: after(
    'alice',
    { type: 'setBanned', groupId: 'trail', userIds: ['yasmin'], until: STORY_NOW + 7 * DAY },
    { type: 'setBanned', groupId: 'trail', userIds: ['long'], until: 'forever' },
  ),
  act: press(/^(Banned|已封禁)$/),
  seen: /(7 days left|还剩 7 天)[\s\S]*(Lift ban|解除封禁)|(Lift ban|解除封禁)[\s\S]*(7 days left|还剩 7 天)/,
})
export const NobodyBanned = members('nobody banned', {
  act: press(/^(Banned|已封禁)$/),
  seen: /Nobody is banned|没有人被封禁/,
})
export const BannedFailed = members('banned failed', {
  stage: { line: answering('groups', { members: refused }) },
  act: press(/^(Banned|已封禁)$/),
  seen: /Try again|重试/,
})
export const NoMemberFound = members('nothing found', {
  act: async ({ canvas }) =>
    userEvent.type(await canvas.findByRole('textbox', { name: /Search|搜索/ }), 'zzz'),
  seen: /No member matches|没有.*zzz/,
})

const openNotes = async ({ canvas }: Cell) =>
  userEvent.click(await canvas.findByText(/^(More data of the group|更多群数据)$/))
export const NotesFilled = admin('notes', {
  stage: after(
    'alice',
    { type: 'writeAttributes', groupId: 'trail', set: { pace: 'slow' }, deleted: [] },
    { type: 'writeCounter', groupId: 'trail', key: 'summits', change: { set: 3 } },
  ),
  act: openNotes,
  seen: /pace[\s\S]*summits/,
})
export const NotesEmpty = admin('no notes', { act: openNotes, seen: /Attributes|群属性/ })
export const NotesFailed = admin('notes failed', {
  stage: { line: answering('groups', { readAttributes: refused }) },
  act: openNotes,
  seen: /Try again|重试/,
})

const find =
  (words: string) =>
  async ({ canvas }: Cell) => {
    const field = await canvas.findByRole('textbox', { name: /Name or id of a group|群名称或群 ID/ })
    await userEvent.type(field, `${words}{Enter}`)
  }
export const FindNothingAsked = finding('nothing asked', { seen: 'findGroup.hint' })
export const FindOpen = finding('open', {
  stage: after('alice', { type: 'updateGroup', patch: { id: 'trail', joining: 'free' } }),
  act: find('trail'),
  seen: /Join|加入/,
})
export const FindApproval = finding('approval', { act: find('trail'), seen: /Ask to join|申请加入/ })
export const FindWaiting = finding('waiting', {
  stage: after('linyue', { type: 'joinGroup', groupId: 'trail' }),
  act: find('trail'),
  seen: /You have asked to join|已申请|等待/,
})
export const FindClosed = finding('closed', {
  stage: after('alice', { type: 'updateGroup', patch: { id: 'trail', joining: 'closed' } }),
  act: find('trail'),
  seen: /not allowed|permission|right|权限|不允许/i,
})
export const FindBanned = finding('banned', {
  stage: after('alice', {
    type: 'setBanned',
    groupId: 'trail',
    userIds: ['linyue'],
    until: STORY_NOW + 7 * DAY,
  }),
  act: find('trail'),
  seen: /You are blocked here until|你在这里被封禁，至/,
})
export const FindInside = finding('inside', {
  stage: { userIds: ['bob', 'alice'] },
  act: find('trail'),
  seen: /Open|打开/,
})
export const FindNothing = finding('nothing found', { act: find('zzz'), seen: /zzz/ })
export const FindLoading = finding('loading', {
  stage: { line: answering('groups', { findGroups: never }) },
  act: find('trail'),
  seen: /Loading|加载中/,
})
export const FindFailed = finding('failed', {
  stage: { line: answering('groups', { findGroups: refused }) },
  act: find('trail'),
  seen: /Try again|重试/,
})

export const AnnouncementUnseen = panel('announcement', { seen: /Bring a headlamp/ })
export const AnnouncementLong = panel('long announcement', {
  stage: after('alice', {
    type: 'updateGroup',
    patch: { id: 'trail', announcement: '请带上雨衣 Rain is on its way.\n'.repeat(7).trim() },
  }),
  seen: /Rain is on its way/,
})

const entered = async ({ canvas }: Cell) => {
  await canvas.findByRole('textbox')
  await canvas.findByText(/watching|在看/)
}
const hosted = (kind: 'mute' | 'kick', data: Record<string, string>) => async (stage: Stage) => {
  const bob = stage.kits['bob']
  await bob?.dispatch({ type: 'enterLiveRoom', groupId: 'kitchen' })
  const parts = [{ kind: 'custom', type: `parley/${kind}`, data, fallback: kind }] as const
  await bob?.dispatch({ type: 'sayLive', groupId: 'kitchen', parts, priority: 'high' })
}
export const LiveIn = live('in', { ready: entered, seen: /watching|在看/ })
export const LiveOffline = live('offline', {
  meanwhile: goOffline,
  seen: /No connection\. You come back in by yourself|连接已断开|网络/,
})
export const LiveMuted = live('muted', {
  meanwhile: hosted('mute', { userId: 'alice', until: 'forever' }),
  seen: /The host has muted you|主播/,
})
export const LiveMutedForAll = live('muted for all', {
  stage: after('bob', { type: 'updateGroup', patch: { id: 'kitchen', isMuted: true } }),
  seen: /Only the host may write now|仅主播|只有主播/,
})
export const LivePutOut = live('put out', {
  meanwhile: hosted('kick', { userId: 'alice' }),
  seen: /removed you from this room|移出/,
})
export const LiveEnded = live('ended', {
  meanwhile: by('bob', { type: 'dissolveGroup', groupId: 'kitchen' }),
  seen: /This live room has ended|直播已结束|已结束/,
})
export const LiveFailed = live('failed', {
  stage: { line: answering('groups', { join: refused }) },
  seen: /Try again|重试/,
})
