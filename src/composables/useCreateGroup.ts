import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { invitationOf } from '../core/groups'
import { truncateToBytes, utf8ByteLength } from '../core/text'
import type { BatchResult, ConversationId, Group, GroupId, GroupType, UserId } from '../model'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'
import { useLocale } from './useLocale'
import { createProfileReader } from './useProfile'

/** What somebody wants a new group to be. */
export interface NewGroup {
  readonly type: GroupType
  /** Empty: the names of its first members. */
  readonly name: string
  readonly avatar?: string
  readonly intro?: string
  readonly memberIds: readonly UserId[]
}
/** A group that was made. */
export interface CreatedGroup {
  readonly groupId: GroupId
  readonly conversationId: ConversationId
  /** What became of each of those who were wanted in it. */
  readonly members: BatchResult
}
/** Making groups (I2). */
export interface CreateGroupView {
  readonly isOffered: ComputedRef<boolean>
  /** Those that can be made here, in the order of choice. */
  readonly types: ComputedRef<readonly GroupType[]>
  /** Whether somebody can be put into a new group of this type at once. */
  takesMembers(type: GroupType): boolean
  /** The name of a group that nobody names. */
  nameFor(memberIds: readonly UserId[]): string
  /** Makes it and opens its conversation. @throws ChatError where the service refuses. */
  create(group: NewGroup): Promise<CreatedGroup>
}

/** How many members a name made of members holds. */
const NAMED_MEMBERS = 4

/** Makes groups. */
export function useCreateGroup(): CreateGroupView {
  const kit = useChatKit()
  const { t } = useLocale()
  const { nameToOthers } = createProfileReader(kit)

  function nameFor(memberIds: readonly UserId[]): string {
    const most = kit.limits().groupNameBytes ?? Infinity
    const [first = '', ...others] = [kit.userId, ...memberIds]
      .slice(0, NAMED_MEMBERS)
      .map((id) => nameToOthers(id))
    // Nobody's name is cut in two, but for the first where it is too long alone.
    return others.reduce(
      (name, next) => {
        const longer = `${name}${t('newGroup.nameJoiner')}${next}`
        return utf8ByteLength(longer) <= most ? longer : name
      },
      truncateToBytes(first, most),
    )
  }

  return {
    isOffered: computed(() => isOffered(kit, 'groups.create')),
    types: computed(() => kit.groupTraits?.().types ?? []),
    takesMembers: (type) => invitationOf({ type }, 'owner') !== 'closed',
    nameFor,
    async create({ type, name, avatar, intro, memberIds }) {
      const wanted: Omit<Group, 'id' | 'state'> = {
        type,
        name: name.trim() || nameFor(memberIds),
        ...(avatar && { avatar }),
        ...(intro && { intro }),
      }
      const { group, members } = await kit.dispatch({ type: 'createGroup', group: wanted, memberIds })
      const { id } = await kit.dispatch({ type: 'openConversation', target: { groupId: group.id } })
      return { groupId: group.id, conversationId: id, members }
    },
  }
}
