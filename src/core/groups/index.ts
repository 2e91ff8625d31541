/** What the types of groups are like, and who may do what in them. */
export { groupRights, groupRules, invitationOf, invitingOf, joiningOf, outranks } from './rights'
export type { GroupPowers, GroupRights, GroupRole, GroupRules } from './rights'
