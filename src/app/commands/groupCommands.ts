import { patchedFields } from '../../core/patches'
import type { Group, Patch } from '../../model'
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

/** The patch as news tell it: with all fields of the app, whichever of them it has written. */
function whole(patch: Patch<Group, 'id'>, known: Group | undefined): Patch<Group, 'id'> {
  const { custom } = patch
  return custom === undefined ? patch : { ...patch, custom: patchedFields(known?.custom, custom) ?? null }
}

/** The way groups and their members are changed. */
export const groupCommands: Pick<CommandSpecs, Names> = {
  createGroup: {
    ability: 'groups.create',
    lane: () => 'groups',
    run: (transport, { group, memberIds }) => transport.groups?.create(group, memberIds),
    isOnce: true,
    follow: (_, { group }) => [{ type: 'group.changed', groups: [group] }],
  },
  joinGroup: {
    ability: 'groups.join',
    lane: ofGroup,
    run: (transport, { groupId, wording }) => transport.groups?.join(groupId, wording),
    isOnce: true,
  },
  quitGroup: {
    ability: 'groups.quit',
    lane: ofGroup,
    run: (transport, { groupId }) => transport.groups?.quit(groupId),
  },
  dissolveGroup: {
    ability: 'groups.dissolve',
    lane: ofGroup,
    run: (transport, { groupId }) => transport.groups?.dissolve?.(groupId),
  },
  transferGroup: {
    ability: 'groups.transfer',
    lane: ofGroup,
    run: (transport, { groupId, toId }) => transport.groups?.transfer?.(groupId, toId),
  },
  updateGroup: {
    ability: 'groups.update',
    lane: ({ patch }) => `group:${patch.id}`,
    run: (transport, { patch }) => transport.groups?.update?.(patch),
    follow: ({ patch }, _, { group }) => [{ type: 'group.changed', groups: [whole(patch, group(patch.id))] }],
  },
  inviteMembers: {
    ability: 'groups.invite',
    lane: ofGroup,
    run: (transport, { groupId, userIds, wording }) => transport.groups?.invite?.(groupId, userIds, wording),
  },
  kickMembers: {
    ability: 'groups.kick',
    lane: ofGroup,
    run: (transport, { groupId, userIds, reason }) => transport.groups?.kick?.(groupId, userIds, reason),
  },
  setRole: {
    ability: 'groups.setRole',
    lane: ofGroup,
    run: (transport, { groupId, userIds, role }) => transport.groups?.setRole?.(groupId, userIds, role),
  },
  setMuted: {
    ability: 'groups.setMuted',
    lane: ofGroup,
    run: (transport, { groupId, userIds, until }) => transport.groups?.setMuted?.(groupId, userIds, until),
  },
  setBanned: {
    ability: 'groups.setBanned',
    lane: ofGroup,
    run: (transport, { groupId, userIds, until, reason }) =>
      transport.groups?.setBanned?.(groupId, userIds, until, reason),
  },
  updateMember: {
    ability: 'groups.updateMember',
    lane: ofGroup,
    run: (transport, { groupId, patch }) => transport.groups?.updateMember?.(groupId, patch),
    follow: ({ groupId, patch }) => [{ type: 'member.changed', groupId, members: [patch] }],
  },
  answerApplication: {
    ability: 'groups.answer',
    lane: () => 'groups',
    run: (transport, { applicationId, verdict, wording }) =>
      transport.groups?.answer?.(applicationId, verdict, wording),
  },
  setGroupSaved: {
    ability: 'groups.setSaved',
    lane: ofGroup,
    run: (transport, { groupId, isSaved }) => transport.groups?.setSaved?.(groupId, isSaved),
    follow: ({ groupId, isSaved }) => [{ type: 'group.changed', groups: [{ id: groupId, isSaved }] }],
  },
  writeAttributes: {
    ability: 'groups.writeAttributes',
    lane: ofGroup,
    run: (transport, { groupId, set, deleted }) => transport.groups?.writeAttributes?.(groupId, set, deleted),
  },
  writeCounter: {
    ability: 'groups.writeCounter',
    lane: ofGroup,
    run: (transport, { groupId, key, change }) => transport.groups?.writeCounter?.(groupId, key, change),
    isOnce: true,
  },
}
