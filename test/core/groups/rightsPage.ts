import { groupRights, groupRules } from '../../../src/core/groups'
import type { GroupPowers, GroupRole, GroupRules } from '../../../src/core/groups'
import type { GroupType, Openness } from '../../../src/model'
import { tableText } from '../../contract/tableText'

const TYPES: readonly GroupType[] = ['work', 'public', 'meeting', 'live', 'community']
const ROLES: readonly GroupRole[] = ['owner', 'admin', 'member', 'outsider']

const POWERS: Readonly<Record<keyof GroupPowers, string>> = {
  canJoin: 'come in by oneself, as the door stands',
  canInvite: 'invite, as far as invitations are open',
  canApprove: 'answer who asks to come in',
  canKick: 'put somebody out',
  canSetAdmins: 'make and unmake admins',
  canTransfer: 'hand the group over',
  canMute: 'mute one member',
  canMuteAll: 'mute all',
  canRecallOthers: 'recall what others said',
  canMentionAll: 'point at everybody',
  canEditProfile: 'change name, picture, introduction, announcement',
  canEditSettings: 'set the door and the invitations',
  canDissolve: 'dissolve the group',
  canQuit: 'leave',
  canReadMembers: 'see the list of members',
}

const RULES: Readonly<Record<keyof GroupRules, string>> = {
  seats: 'seats',
  usualJoining: 'the door, until it is set',
  joinings: 'the door can be',
  usualInviting: 'invitations by members, until that is set',
  invitings: 'invitations by members can be',
  isHistoryKept: 'what was said stays',
  isPastShown: 'newcomers see what was said before',
  hasMemberList: 'has a list of members',
  hasReceipts: 'tells who has read',
  tellsComings: 'says who comes and goes',
}

/** The documentation page about what groups are like, from the very table the kit goes by. */
export function rightsPage(): string {
  const powers = Object.entries(POWERS).map(([power, words]) => [
    words,
    `\`${power}\``,
    ...TYPES.map((type) => whoMay(type, power as keyof GroupPowers)),
  ])
  const rules = Object.entries(RULES).map(([rule, words]) => [
    words,
    `\`${rule}\``,
    ...TYPES.map((type) => shown(groupRules(type)[rule as keyof GroupRules])),
  ])
  return `${HEAD}
## Who may do what

${tableText([['', 'right', ...TYPES], ...powers])}

About other members (put out, mute) it holds for those of a lower rank only: owner, admin, member.

## What holds for everybody

${tableText([['', 'rule', ...TYPES], ...rules])}
`
}

function whoMay(type: GroupType, power: keyof GroupPowers): string {
  return ROLES.filter((role) => groupRights(type, role)[power]).join(', ')
}

function shown(value: number | boolean | string | readonly Openness[]): string {
  if (value === Infinity) return 'no end'
  if (typeof value === 'boolean') return value ? '✓' : ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}

const HEAD = `import { Meta } from '@storybook/addon-docs/blocks'

<Meta title="Docs/Groups and rights" />

{/* Made by test/core/groups/rightsPage.ts: PARLEY_UPDATE_DOCS=1 npx vitest run --project node test/core/groups. */}

# Groups and rights

Groups are of five types. What each allows is one table: \`groupRights(type, role)\` from \`vue-parley/core\` gives a row of it,
the embedded service enforces it, and the screens show exactly the buttons it allows. Other backends may have rules of
their own: the screens also ask \`can\` of the transport.
`
