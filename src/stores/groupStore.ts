import { defineStore } from 'pinia'
import { markRaw, shallowReactive } from 'vue'
import type { Cursor, EpochMs, Group, GroupApplication, GroupId, Member, Texts, UserId } from '../model'

/** The members of one group as far as loaded. */
export interface GroupMembers {
  readonly byId: ReadonlyMap<UserId, Member>
  readonly state: 'loading' | 'ready' | 'failed'
  /** Not read from the backend since changes of it may have been missed: it is read again where it is shown. */
  readonly isDoubtful?: boolean
  /** Where the list goes on; absent at its end. */
  readonly next?: Cursor
}

/** Groups and their members. */
export const useGroupStore = defineStore('parley/groups', () => {
  const byId = shallowReactive(new Map<GroupId, Group>())
  const missingIds = shallowReactive(new Set<GroupId>())
  /** When each was last read from the backend, on the device's clock (G4). */
  const heardAtById = markRaw(new Map<GroupId, EpochMs>())
  const membersById = shallowReactive(new Map<GroupId, GroupMembers>())
  /** Who asks to come in, or was asked: by the id of the application. */
  const applicationById = shallowReactive(new Map<string, GroupApplication>())
  /** What a group notes down, where somebody has looked (I8). */
  const attributesById = shallowReactive(new Map<GroupId, Texts>())
  const countersById = shallowReactive(new Map<GroupId, Readonly<Record<string, number>>>())
  /** What each group announced when that was last seen here (I10). */
  const seenAnnouncementById = shallowReactive(new Map<GroupId, string>())
  return {
    byId,
    missingIds,
    heardAtById,
    membersById,
    applicationById,
    attributesById,
    countersById,
    seenAnnouncementById,
  }
})
