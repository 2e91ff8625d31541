import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { Group, GroupId, Member, UserId } from '../model'

/** The members of one group as far as loaded. */
export interface GroupMembers {
  readonly byId: ReadonlyMap<UserId, Member>
  readonly state: 'loading' | 'ready' | 'failed'
}

/** Groups and their members. */
export const useGroupStore = defineStore('parley/groups', () => {
  const byId = shallowReactive(new Map<GroupId, Group>())
  const missingIds = shallowReactive(new Set<GroupId>())
  const membersById = shallowReactive(new Map<GroupId, GroupMembers>())
  return { byId, missingIds, membersById }
})
