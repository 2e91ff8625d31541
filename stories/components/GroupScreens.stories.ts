import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { userEvent, within } from 'storybook/test'
import { h } from 'vue'
import type { VNode } from 'vue'
import { ChatPanel, CreateGroupForm, FindGroups, GroupAdmin, GroupInbox, LiveRoom } from 'vue-parley'
import type { ChatKit, Intent } from 'vue-parley'
import { inFrames, line, reachIn, screenLoader, seenIn } from '../support/groupScreens'
import type { GroupScreen, statesOfScreens } from '../support/groupScreens'
import { groupWorld } from '../support/groupWorld'
import { fakeVideo, liveWorld } from '../support/liveWorld'
import type { Stage, StageOptions } from '../support/stage'
import { STORY_NOW } from '../support/storyWorld'

/** Every screen of groups in every state, in both languages, both themes and two widths at once. */
const meta = {
  title: 'Components/GroupScreens',
  parameters: {
    layout: 'fullscreen',
    // Each frame's landmarks carry the same names; the region around them says whose they are.
    a11y: { config: { rules: [{ id: 'landmark-unique', enabled: false }] } },
  },
  render: (_, { loaded, parameters }) => {
    const { draw, height } = parameters as Drawn
    return inFrames(loaded['stage'] as Stage, height, (kit) => draw(kit, loaded['stage'] as Stage))
  },
} satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

interface Drawn {
  readonly draw: (kit: ChatKit, stage: Stage) => VNode
  readonly height: number
}
/** How a screen gets into a state, and what is read there. */
interface Way {
  readonly stage?: StageOptions
  /** Done once, by somebody else or on the line, when all is drawn. */
  readonly then?: (stage: Stage) => unknown
  readonly reach?: (frame: HTMLElement) => Promise<unknown>
  /** Done once, when every frame is there. */
  readonly lastly?: (stage: Stage) => Promise<unknown>
  readonly seen: RegExp
}

const DAY = 24 * 60 * 60_000

const screens: Readonly<Record<GroupScreen, Drawn & { readonly stage: StageOptions }>> = {
  admin: {
    draw: () => h(GroupAdmin, { groupId: 'trail' }),
    height: 900,
    stage: { userIds: ['alice', 'bob'], world: groupWorld },
  },
  members: {
    draw: () => h(GroupAdmin, { groupId: 'trail' }),
    height: 900,
    stage: { userIds: ['bob', 'alice'], world: groupWorld },
  },
  notes: {
    draw: () => h(GroupAdmin, { groupId: 'trail' }),
    height: 900,
    stage: { userIds: ['alice', 'bob'], world: groupWorld },
  },
  find: {
    draw: () => h(FindGroups),
    height: 320,
    stage: { userIds: ['linyue', 'alice'], world: groupWorld },
  },
  inbox: {
    draw: () => h(GroupInbox),
    height: 320,
    stage: { userIds: ['alice', 'linyue'], world: groupWorld },
  },
  create: {
    draw: () => h(CreateGroupForm),
    height: 640,
    stage: { userIds: ['alice', 'bob'], world: groupWorld },
  },
  announcement: {
    draw: (_, { conversationId }) => h(ChatPanel, { conversationId }),
    height: 420,
    stage: { userIds: ['bob', 'alice'], world: groupWorld, open: { groupId: 'trail' } },
  },
  live: {
    draw: () => h(LiveRoom, { groupId: 'kitchen' }, { video: fakeVideo }),
    height: 560,
    stage: { userIds: ['alice', 'bob', 'linyue'], world: liveWorld },
  },
}

function story<Screen extends GroupScreen>(
  screen: Screen,
  state: (typeof statesOfScreens)[Screen][number],
  { stage = {}, then, reach = () => Promise.resolve(), lastly, seen }: Way,
): Story {
  const { draw, height, stage: usual } = screens[screen]
  return {
    parameters: { screen, state, draw, height },
    loaders: [screenLoader({ ...usual, ...stage })],
    async play({ canvasElement, loaded }) {
      await then?.(loaded['stage'] as Stage)
      await reachIn(canvasElement, reach)
      await lastly?.(loaded['stage'] as Stage)
      await seenIn(canvasElement, seen)
    },
  }
}

/** What somebody does before the story begins. */
const after = (userId: string, ...intents: readonly Intent[]): StageOptions => ({
  async prepare({ kits }) {
    for (const intent of intents) await kits[userId]?.dispatch(intent)
  },
})
const by = (userId: string, intent: Intent) => (stage: Stage) => stage.kits[userId]?.dispatch(intent)
const press = (name: RegExp) => async (frame: HTMLElement) =>
  userEvent.click(await within(frame).findByRole('button', { name }))
const offline = async ({ kitByLanguage }: Stage) => {
  await Promise.all(Object.values(kitByLanguage).map((kit) => kit.disconnect()))
}
const listed = async (frame: HTMLElement) => within(frame).findAllByRole('listitem')

const next = press(/^(Next|下一步)$/)
const toDetails = async (frame: HTMLElement) => {
  await next(frame)
  await next(frame)
}
const create = async (frame: HTMLElement) => {
  await toDetails(frame)
  await press(/^(Create group|创建群组)$/)(frame)
}

export const AdminOwner = story('admin', 'owner', { reach: listed, seen: /Yasmin/ })
export const AdminPlainMember = story('admin', 'plain member', {
  stage: { userIds: ['yasmin'] },
  reach: listed,
  seen: /Leave group|退出群/,
})
export const AdminLoading = story('admin', 'loading', {
  stage: { line: line('silent', 'members') },
  seen: /Loading|加载中/,
})
export const AdminFailed = story('admin', 'failed', {
  stage: { line: line('refusing', 'members') },
  seen: /Try again|重试/,
})
export const AdminOffline = story('admin', 'offline', {
  reach: listed,
  lastly: offline,
  seen: /Yasmin/,
})
export const AdminEnded = story('admin', 'ended', {
  reach: async (frame) => within(frame).findByText(/You are not in this group any more|你已不在这个群/),
  then: by('alice', { type: 'dissolveGroup', groupId: 'trail' }),
  seen: /You are not in this group any more|你已不在这个群/,
})

export const CreateType = story('create', 'type', { seen: /Work group|好友工作群/ })
export const CreatePeople = story('create', 'people', { reach: next, seen: /Bob/ })
export const CreateDetails = story('create', 'details', {
  reach: toDetails,
  seen: /Without a name|不填则命名为/,
})
export const CreateFailed = story('create', 'failed', {
  stage: { line: line('refusing', 'create') },
  reach: create,
  seen: /trouble of its own|群服务自身出了问题/,
})
export const CreateNotEverybody = story('create', 'not everybody', {
  stage: {
    line: ({ groups, ...transport }) => ({
      ...transport,
      ...(groups && {
        groups: {
          ...groups,
          create: async (...wanted) => ({
            ...(await groups.create(...wanted)),
            members: { done: ['yasmin'], pending: ['bob'], failed: [] },
          }),
        },
      }),
    }),
  },
  reach: create,
  seen: /Was asked and has to agree|已邀请，等待对方同意/,
})

export const MembersMuted = story('members', 'muted', {
  stage: after('alice', {
    type: 'setMuted',
    groupId: 'trail',
    userIds: ['yasmin'],
    until: STORY_NOW + DAY,
  }),
  reach: press(/^(Muted|被禁言)$/),
  seen: /Yasmin[\s\S]*(hours left|还剩)/,
})
export const NobodyMuted = story('members', 'nobody muted', {
  reach: press(/^(Muted|被禁言)$/),
  seen: /Nobody is muted|没有人被禁言/,
})
export const MembersBanned = story('members', 'banned', {
  stage: after(
    'alice',
    { type: 'setBanned', groupId: 'trail', userIds: ['yasmin'], until: STORY_NOW + 7 * DAY },
    { type: 'setBanned', groupId: 'trail', userIds: ['long'], until: 'forever' },
  ),
  reach: press(/^(Banned|已封禁)$/),
  seen: /(7 days left|还剩 7 天)[\s\S]*(Lift ban|解除封禁)|(Lift ban|解除封禁)[\s\S]*(7 days left|还剩 7 天)/,
})
export const NobodyBanned = story('members', 'nobody banned', {
  reach: press(/^(Banned|已封禁)$/),
  seen: /Nobody is banned|没有人被封禁/,
})
export const BannedFailed = story('members', 'banned failed', {
  stage: { line: line('refusing', 'members') },
  reach: press(/^(Banned|已封禁)$/),
  seen: /Try again|重试/,
})
export const NoMemberFound = story('members', 'nothing found', {
  reach: async (frame) =>
    userEvent.type(await within(frame).findByRole('textbox', { name: /Search|搜索/ }), 'zzz'),
  seen: /No member matches|没有.*zzz/,
})

const openNotes = async (frame: HTMLElement) =>
  userEvent.click(await within(frame).findByText(/^(More data of the group|更多群数据)$/))
export const NotesFilled = story('notes', 'filled', {
  stage: after(
    'alice',
    { type: 'writeAttributes', groupId: 'trail', set: { pace: 'slow' }, deleted: [] },
    { type: 'writeCounter', groupId: 'trail', key: 'summits', change: { set: 3 } },
  ),
  reach: openNotes,
  seen: /pace[\s\S]*summits/,
})
export const NotesEmpty = story('notes', 'empty', { reach: openNotes, seen: /Attributes|群属性/ })
export const NotesFailed = story('notes', 'failed', {
  stage: { line: line('refusing', 'readAttributes') },
  reach: openNotes,
  seen: /Try again|重试/,
})

const find = (words: string) => async (frame: HTMLElement) => {
  const field = await within(frame).findByRole('textbox', { name: /Name or id of a group|群名称或群 ID/ })
  await userEvent.type(field, `${words}{Enter}`)
}
export const FindNothingAsked = story('find', 'nothing asked', { seen: /group|群/ })
export const FindOpen = story('find', 'open', {
  stage: after('alice', { type: 'updateGroup', patch: { id: 'trail', joining: 'free' } }),
  reach: find('trail'),
  seen: /Join|加入/,
})
export const FindApproval = story('find', 'approval', { reach: find('trail'), seen: /Ask to join|申请加入/ })
export const FindWaiting = story('find', 'waiting', {
  stage: after('linyue', { type: 'joinGroup', groupId: 'trail' }),
  reach: find('trail'),
  seen: /You have asked to join|已申请|等待/,
})
export const FindClosed = story('find', 'closed', {
  stage: after('alice', { type: 'updateGroup', patch: { id: 'trail', joining: 'closed' } }),
  reach: find('trail'),
  seen: /not allowed|permission|right|权限|不允许/i,
})
export const FindBanned = story('find', 'banned', {
  stage: after('alice', {
    type: 'setBanned',
    groupId: 'trail',
    userIds: ['linyue'],
    until: STORY_NOW + 7 * DAY,
  }),
  reach: find('trail'),
  seen: /You are blocked here until|你在这里被封禁，至/,
})
export const FindInside = story('find', 'inside', {
  stage: { userIds: ['bob', 'alice'] },
  reach: find('trail'),
  seen: /Open|打开/,
})
export const FindNothing = story('find', 'nothing found', { reach: find('zzz'), seen: /zzz/ })
export const FindLoading = story('find', 'loading', {
  stage: { line: line('silent', 'findGroups') },
  reach: find('trail'),
  seen: /Loading|加载中/,
})
export const FindFailed = story('find', 'failed', {
  stage: { line: line('refusing', 'findGroups') },
  reach: find('trail'),
  seen: /Try again|重试/,
})

const applied = after('linyue', { type: 'joinGroup', groupId: 'trail', wording: '我也想去！' })
export const InboxWaiting = story('inbox', 'waiting', { stage: applied, seen: /我也想去！/ })
export const InboxEmpty = story('inbox', 'empty', { seen: /./ })
export const InboxOffline = story('inbox', 'offline', {
  stage: applied,
  reach: listed,
  lastly: offline,
  seen: /我也想去！/,
})

export const AnnouncementUnseen = story('announcement', 'unseen', { seen: /Bring a headlamp/ })
export const AnnouncementLong = story('announcement', 'long', {
  stage: after('alice', {
    type: 'updateGroup',
    patch: { id: 'trail', announcement: '请带上雨衣 Rain is on its way.\n'.repeat(7).trim() },
  }),
  seen: /Rain is on its way/,
})

const entered = async (frame: HTMLElement) => {
  await within(frame).findByRole('textbox')
  await within(frame).findByText(/watching|在看/)
}
const hosted = (kind: 'mute' | 'kick', data: Record<string, string>) => async (stage: Stage) => {
  const bob = stage.kits['bob']
  await bob?.dispatch({ type: 'enterLiveRoom', groupId: 'kitchen' })
  const parts = [{ kind: 'custom', type: `parley/${kind}`, data, fallback: kind }] as const
  await bob?.dispatch({ type: 'sayLive', groupId: 'kitchen', parts, priority: 'high' })
}
export const LiveIn = story('live', 'in', { reach: entered, seen: /watching|在看/ })
export const LiveOffline = story('live', 'offline', {
  then: offline,
  seen: /No connection\. You come back in by yourself|连接已断开|网络/,
})
export const LiveMuted = story('live', 'muted', {
  then: hosted('mute', { userId: 'alice', until: 'forever' }),
  seen: /The host has muted you|主播/,
})
export const LiveMutedForAll = story('live', 'muted for all', {
  stage: after('bob', { type: 'updateGroup', patch: { id: 'kitchen', isMuted: true } }),
  seen: /Only the host may write now|仅主播|只有主播/,
})
export const LivePutOut = story('live', 'put out', {
  then: hosted('kick', { userId: 'alice' }),
  seen: /removed you from this room|移出/,
})
export const LiveEnded = story('live', 'ended', {
  then: by('bob', { type: 'dissolveGroup', groupId: 'kitchen' }),
  seen: /This live room has ended|直播已结束|已结束/,
})
export const LiveFailed = story('live', 'failed', {
  stage: { line: line('refusing', 'join') },
  seen: /Try again|重试/,
})
