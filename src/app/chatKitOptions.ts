import type { Pinia } from 'pinia'
import type { ErrorText, MessageAssistance } from '../composables'
import type { Cache, Clock, IdSource, Logger, Platform, Transport } from '../core/ports'
import type { Locale } from '../i18n'
import type { CredentialsProvider, ImageOptions, Notice, UserId } from '../model'
import type { HostedFacets } from './facetsOf'
import { LEVELS } from './logger'
import type { LogLevel } from './logger'
import type { NotificationOptions } from './notifying'
import type { TextScreen } from './screening'

/** What a kit is made of. */
export interface ChatKitOptions extends HostedFacets {
  /** The adapter to the backend. One transport belongs to one kit. */
  readonly transport: Transport
  /** Who signs in. */
  readonly userId: UserId
  /** Asks the app's server for a fresh secret (A1); backends without secrets need none. */
  readonly credentials?: CredentialsProvider | undefined
  /** The app's own Pinia, where its devtools should show the stores. @default a Pinia of the kit's own */
  readonly pinia?: Pinia | undefined
  /** The language shown first. @default English */
  readonly locale?: Locale | undefined
  /** The app's own words for errors, before those of the kit: for the codes of its own server (K5). */
  readonly errorText?: ErrorText | undefined
  /** Translates texts and writes down voices, where the app can (E11). @default neither is offered */
  readonly assistance?: MessageAssistance | undefined
  /** Makes pictures smaller before they leave. @default they leave as they are */
  readonly images?: ImageOptions | undefined
  /** Lets people send what burns so long after it is opened, one of these times (C8). @default nobody is offered that */
  readonly burnTimesMs?: readonly number[] | undefined
  /**
   * Looks at what a person has written before it goes, in messages, profiles and groups: returns it as it may go, masked or
   * not, or undefined to refuse it (B6). @default everything goes
   */
  readonly screenText?: TextScreen | undefined
  /** Notices that stand neither in the timeline nor in the list, such as `['left', 'kicked']` (C7). @default all are shown */
  readonly hiddenNotices?: readonly Notice['about'][] | undefined
  /** How many messages one page of history holds, 1 to 100 (D1). @default 20 */
  readonly historyPageSize?: number | undefined
  /** Time, for tests and simulations. @default the machine's clock */
  readonly clock?: Clock | undefined
  /** Ids, for tests and simulations. @default random */
  readonly ids?: IdSource | undefined
  /**
   * Where developers read what goes wrong, or how much of it the console tells: 'silent' tells nothing (A8). @default 'warn'
   */
  readonly logger?: Logger | LogLevel | undefined
  /** What the machine can do. @default a browser page */
  readonly platform?: Platform | undefined
  /**
   * Where this machine keeps what it knows: 'auto' in the browser's database, shared by all tabs of this user; 'memory' ends
   * with the page; or a cache of one's own. @default 'auto'
   */
  readonly cache?: 'auto' | 'memory' | Cache | undefined
  /** How a person is told of messages while the page is not looked at. @default nothing tells */
  readonly notifications?: NotificationOptions | undefined
  /** Chance from 0 up to 1, for tests and simulations. @default Math.random */
  readonly random?: (() => number) | undefined
}

/**
 * Tells an app that is written without TypeScript what its options lack.
 * @throws Error that says how to mend it.
 */
export function checkOptions(options: Partial<ChatKitOptions> = {}): asserts options is ChatKitOptions {
  const { transport, userId, locale, cache = 'auto', historyPageSize = 20 } = options
  if (typeof transport?.connect !== 'function') {
    throw new Error(
      'Parley: `transport` is missing. Give one, for example createEmbeddedTransport({ service }).',
    )
  }
  if (typeof userId !== 'string' || userId === '') {
    throw new Error('Parley: `userId` is missing. Give the id of the user who signs in.')
  }
  if (locale !== undefined && typeof locale?.messages !== 'object') {
    throw new Error(
      "Parley: `locale` must be a locale, for example the default export of 'vue-parley/locales/zh-CN'.",
    )
  }
  if (cache !== 'auto' && cache !== 'memory' && typeof cache?.start !== 'function') {
    throw new Error("Parley: `cache` must be 'auto', 'memory' (which keeps nothing) or a cache.")
  }
  if (!Number.isInteger(historyPageSize) || historyPageSize < 1 || historyPageSize > 100) {
    throw new Error('Parley: `historyPageSize` must be a whole number from 1 to 100.')
  }
  checkOthers(options)
}

function checkOthers({ logger = 'warn', screenText, hiddenNotices = [] }: Partial<ChatKitOptions>): void {
  if (typeof logger === 'string' ? !LEVELS.includes(logger) : typeof logger?.warn !== 'function') {
    throw new Error(
      `Parley: \`logger\` must be ${LEVELS.map((level) => `'${level}'`).join(', ')} or a logger.`,
    )
  }
  if (screenText !== undefined && typeof screenText !== 'function') {
    throw new Error('Parley: `screenText` must be a function that returns a text as it may go, or undefined.')
  }
  if (!Array.isArray(hiddenNotices)) {
    throw new Error("Parley: `hiddenNotices` must be a list, for example ['left', 'kicked'].")
  }
}
