import type { Contact, Conversation, Group, Member, Patch, Profile } from '../../model'

const CLEARABLE = {
  conversation: ['last', 'mention', 'notify', 'draft', 'folders', 'marks'],
  profile: ['name', 'avatar', 'signature', 'gender', 'addMode', 'custom'],
  contact: ['remark', 'folders', 'custom'],
  group: ['name', 'avatar', 'intro', 'announcement', 'ownerId', 'me', 'bannedUntil', 'custom'],
  member: ['nameCard', 'mutedUntil', 'custom'],
} as const

/** A conversation as a patch that says everything: what it has not is cleared where it was known. */
export const conversationPatch = (whole: Conversation): Patch<Conversation, 'id' | 'kind'> =>
  withNulls(whole, CLEARABLE.conversation)

/** A profile as a patch that says everything. */
export const profilePatch = (whole: Profile): Patch<Profile, 'id'> => withNulls(whole, CLEARABLE.profile)

/** A friend as a patch that says everything. */
export const contactPatch = (whole: Contact): Patch<Contact, 'userId'> => withNulls(whole, CLEARABLE.contact)

/** A group as a patch that says everything. */
export const groupPatch = (whole: Group): Patch<Group, 'id'> => withNulls(whole, CLEARABLE.group)

/** A member as a patch that says everything. */
export const memberPatch = (whole: Member): Patch<Member, 'userId'> => withNulls(whole, CLEARABLE.member)

function withNulls<T extends object>(whole: T, fields: readonly string[]): T {
  const cleared = fields.filter((field) => !Object.hasOwn(whole, field)).map((field) => [field, null])
  return { ...Object.fromEntries(cleared), ...whole }
}
