import type { CommandSpecs } from './commandSpec'

type Names =
  | 'createGroup'
  | 'joinGroup'
  | 'quitGroup'
  | 'dissolveGroup'
  | 'transferGroup'
  | 'updateGroup'
  | 'inviteMembers'
  | 'kickMembers'
  | 'setRole'
  | 'setMuted'
  | 'setBanned'
  | 'updateMember'
  | 'answerApplication'
  | 'setGroupSaved'
  | 'writeAttributes'
  | 'writeCounter'

const ofGroup = ({ groupId }: { readonly groupId: string }) => `group:${groupId}`

/** The way groups and their members are changed. */
export const groupCommands: Pick<CommandSpecs, Names> = {
  createGroup: {
    lane: () => 'groups',
    run: (transport, { group, memberIds }) => transport.groups?.create(group, memberIds),
    isOnce: true,
    follow: (_, { group }) => [{ type: 'group.changed', groups: [group] }],
  },
  joinGroup: {
    lane: ofGroup,
    run: (transport, { groupId, wording }) => transport.groups?.join(groupId, wording),
    isOnce: true,
  },
  quitGroup: {
    lane: ofGroup,
    run: (transport, { groupId }) => transport.groups?.quit(groupId),
  },
  dissolveGroup: {
    lane: ofGroup,
    run: (transport, { groupId }) => transport.groups?.dissolve?.(groupId),
  },
  transferGroup: {
    lane: ofGroup,
    run: (transport, { groupId, toId }) => transport.groups?.transfer?.(groupId, toId),
  },
  updateGroup: {
    lane: ({ patch }) => `group:${patch.id}`,
    run: (transport, { patch }) => transport.groups?.update?.(patch),
    follow: ({ patch }) => [{ type: 'group.changed', groups: [patch] }],
  },
  inviteMembers: {
    lane: ofGroup,
    run: (transport, { groupId, userIds, wording }) => transport.groups?.invite?.(groupId, userIds, wording),
  },
  kickMembers: {
    lane: ofGroup,
    run: (transport, { groupId, userIds, reason }) => transport.groups?.kick?.(groupId, userIds, reason),
  },
  setRole: {
    lane: ofGroup,
    run: (transport, { groupId, userIds, role }) => transport.groups?.setRole?.(groupId, userIds, role),
  },
  setMuted: {
    lane: ofGroup,
    run: (transport, { groupId, userIds, until }) => transport.groups?.setMuted?.(groupId, userIds, until),
  },
  setBanned: {
    lane: ofGroup,
    run: (transport, { groupId, userIds, until, reason }) =>
      transport.groups?.setBanned?.(groupId, userIds, until, reason),
  },
  updateMember: {
    lane: ofGroup,
    run: (transport, { groupId, patch }) => transport.groups?.updateMember?.(groupId, patch),
    follow: ({ groupId, patch }) => [{ type: 'member.changed', groupId, members: [patch] }],
  },
  answerApplication: {
    lane: () => 'groups',
    run: (transport, { applicationId, verdict, wording }) =>
      transport.groups?.answer?.(applicationId, verdict, wording),
  },
  setGroupSaved: {
    lane: ofGroup,
    run: (transport, { groupId, isSaved }) => transport.groups?.setSaved?.(groupId, isSaved),
    follow: ({ groupId, isSaved }) => [{ type: 'group.changed', groups: [{ id: groupId, isSaved }] }],
  },
  writeAttributes: {
    lane: ofGroup,
    run: (transport, { groupId, set, deleted }) => transport.groups?.writeAttributes?.(groupId, set, deleted),
  },
  writeCounter: {
    lane: ofGroup,
    run: (transport, { groupId, key, change }) => transport.groups?.writeCounter?.(groupId, key, change),
    isOnce: true,
  },
}
