import type * as shared from '../../../storage'
import { KEY_FIELDS } from '../rows'
import type { Rows } from '../rows'

export { startingWith, StorageFailure } from '../../../storage'
export type { Key } from '../../../storage'
/** What can be asked of the service's tables inside a transaction. */
export type Reading = shared.Reading<Rows>
/** What can be done to the service's tables inside a writing transaction. */
export type Writing = shared.Writing<Rows>
/** The tables of the service. */
export type Storage = shared.Storage<Rows>
/** The tables of the service, wherever they are right now. */
export type ResilientStorage = shared.ResilientStorage<Rows>

/** What the service's database holds. */
export const SCHEMA: shared.Schema<Rows> = [
  { version: 1, tables: tablesOfVersion1() },
  { version: 2, tables: tablesOfVersion2() },
  { version: 3, tables: KEY_FIELDS },
]

/** Nobody could be kept out of a group. */
function tablesOfVersion2() {
  const { groupBans: _bans, ...tables } = KEY_FIELDS
  return tables
}

/** Friends could neither be asked for nor kept away, and nobody could ask to come into a group. */
function tablesOfVersion1(): shared.SchemaVersion['tables'] {
  const {
    friendAsks: _asks,
    friendRequests: _requests,
    blocks: _blocks,
    groupApplications: _applications,
    ...tables
  } = tablesOfVersion2()
  return tables
}
