import { leancloudConversations, leancloudMessages, leancloudSession } from './leancloud'
import {
  parleyFiles,
  parleyGroups,
  parleyMessages,
  parleyNetwork,
  parleySession,
  parleyStorage,
} from './parley'
import { client, storage } from './tencent/client'
import { files } from './tencent/files'
import { groups } from './tencent/groups'
import { messages, signaling } from './tencent/messages'
import { network } from './tencent/network'
import { contacts, conversations, profiles } from './tencent/people'
import { push, service, statistics } from './tencent/service'
import { session } from './tencent/session'
import {
  wildfireContacts,
  wildfireGroups,
  wildfireMessages,
  wildfireService,
  wildfireSession,
} from './wildfire'
import { xmppFiles, xmppSasl, xmppStanzas, xmppStreams } from './xmpp'
import type { causes } from './causes'
import type { ErrorRow } from './errorTable'

/** Every code but those of the app's own server. */
export const tables = [
  session,
  network,
  messages,
  signaling,
  files,
  groups,
  contacts,
  profiles,
  conversations,
  service,
  statistics,
  push,
  client,
  storage,
  leancloudSession,
  leancloudConversations,
  leancloudMessages,
  wildfireSession,
  wildfireService,
  wildfireMessages,
  wildfireGroups,
  wildfireContacts,
  xmppStanzas,
  xmppStreams,
  xmppSasl,
  xmppFiles,
  parleySession,
  parleyNetwork,
  parleyMessages,
  parleyStorage,
  parleyFiles,
  parleyGroups,
] as const

/** Codes that the app's own server gives through the backend: the app alone knows what they say (K5). */
export const thirdParty = {
  domain: 'tencent',
  area: 'message',
  from: 120_001,
  to: 130_000,
  row: [[], 'said-by-app-server', 'other', 'operator', 'never', 'app-words'],
} as const satisfies { readonly row: ErrorRow; readonly [field: string]: unknown }

/** Under this name the words for a code are found; several codes may mean the same. */
export type ErrorMeaning =
  | (typeof tables)[number]['rows'][number][1]
  | (typeof causes)[number]['rows'][number][1]
  | (typeof thirdParty)['row'][1]
