import { createChatKit } from 'vue-parley'
import type { ChatKit, ChatKitOptions, HostedFacets, Locale, MessageAssistance } from 'vue-parley'
import type { Clock, Transport } from 'vue-parley/core'
import en from 'vue-parley/locales/en'
import zhCN from 'vue-parley/locales/zh-CN'
import { createEmbeddedService, createEmbeddedTransport } from 'vue-parley/transports/embedded'
import type { EmbeddedService, RelationPolicy, ServiceRates, World } from 'vue-parley/transports/embedded'
import { ARCHIVE_ID, createArchive } from './archive'
import type { Archive, ArchiveOptions } from './archive'
import { STORY_NOW, storyWorld } from './storyWorld'

/** What a story plays on: a service of its own, and a kit for each person in it. */
export interface Stage {
  readonly service: EmbeddedService
  /** By user id. */
  readonly kits: Readonly<Record<string, ChatKit>>
  /** The kit of the first person. */
  readonly kit: ChatKit
  /** The first person's kit in each language, where the story asked for all of them. */
  readonly kitByLanguage: Readonly<Record<string, ChatKit>>
  /** The conversation that is open, where the story asked for one. */
  readonly conversationId: string | undefined
}

/** What a story asks for. */
export interface StageOptions {
  /** Who is signed in; the first one is looked at. */
  readonly userIds?: readonly string[]
  /** The first person is looked at in every language at once. */
  readonly isInAllLanguages?: boolean
  /** What else a kit is made with. */
  readonly kit?: Partial<ChatKitOptions>
  /** With whom the first person's conversation is open. */
  readonly open?: { readonly userId: string } | { readonly groupId: string }
  /** The population. */
  readonly world?: World
  /** What it takes to write to somebody. */
  readonly relations?: RelationPolicy
  /** Whether those who are invited into a group are asked first. */
  readonly invitees?: 'let-in' | 'asked'
  /** How much the service takes in a second. */
  readonly rates?: ServiceRates
  /** What the app can do for its readers. */
  readonly assistance?: MessageAssistance
  /** The times after which messages may burn, where people can send such. */
  readonly burnTimesMs?: readonly number[]
  /** What stands between a person and the service. */
  readonly line?: (transport: Transport, userId: string) => Transport
  /** Facets that the app hosts, for each person. */
  readonly facets?: (userId: string) => HostedFacets
  /** What has happened before the story begins. */
  readonly prepare?: (stage: Stage) => Promise<unknown>
}

const locales: Readonly<Record<string, Locale>> = { en, 'zh-CN': zhCN }

/** A clock whose time passes as fast as the story wants. */
export interface StoryClock extends Clock {
  /** Time passes so many times as fast from now on. */
  runAt(speed: number): void
}

/** Time passes, but every story begins at the same moment. */
function createStoryClock(speed = 1): StoryClock {
  let since = { at: STORY_NOW, real: performance.now() }
  const now = () => since.at + Math.round((performance.now() - since.real) * speed)
  return {
    now,
    after(ms, work) {
      const timer = setTimeout(work, ms / speed)
      return () => clearTimeout(timer)
    },
    runAt(next) {
      since = { at: now(), real: performance.now() }
      speed = next
    },
  }
}

/** A stage whose backend the story moves by hand. */
export interface ArchiveStage {
  readonly kit: ChatKit
  readonly archive: Archive
  readonly clock: StoryClock
  readonly conversationId: string
}

let clearStage = async (): Promise<void> => {}

/** Sets the stage for a story and clears away that of the story before. */
export async function setStage(options: StageOptions, localeTag: string): Promise<Stage> {
  await clearStage()
  const clock = createStoryClock()
  const world = options.world ?? storyWorld
  const service = createEmbeddedService({
    name: 'stories',
    storage: 'memory',
    world,
    clock,
    ...(options.invitees && { invitees: options.invitees }),
    ...(options.relations && { relations: options.relations }),
    ...(options.rates && { rates: options.rates }),
  })
  const transport = () => createEmbeddedTransport({ service })
  const kitOf = (userId: string, tag: string) =>
    createChatKit({
      transport: options.line?.(transport(), userId) ?? transport(),
      userId,
      locale: locales[tag] ?? en,
      clock,
      // Each story begins with nothing from the one before.
      cache: 'memory',
      ...options.facets?.(userId),
      ...(options.assistance && { assistance: options.assistance }),
      ...(options.burnTimesMs && { burnTimesMs: options.burnTimesMs }),
      ...options.kit,
    })
  const userIds = options.userIds ?? ['alice']
  const kits = Object.fromEntries(userIds.map((userId) => [userId, kitOf(userId, localeTag)]))
  const [kit] = Object.values(kits)
  if (!kit) throw new Error('a stage needs somebody on it')
  const others = options.isInAllLanguages ? Object.keys(locales).filter((tag) => tag !== localeTag) : []
  const kitByLanguage = {
    [localeTag]: kit,
    ...Object.fromEntries(others.map((tag) => [tag, kitOf(kit.userId, tag)])),
  }
  const all = [...new Set([...Object.values(kits), ...Object.values(kitByLanguage)])]
  await Promise.all(all.map((one) => one.online()))
  const opened = options.open && (await kit.dispatch({ type: 'openConversation', target: options.open }))
  clearStage = async () => {
    clearStage = async () => {}
    await Promise.all(all.map((one) => one.dispose()))
    service.close()
  }
  const stage = { service, kits, kit, kitByLanguage, conversationId: opened?.id }
  await options.prepare?.(stage)
  return stage
}

/** Sets a stage with an archive, alice looking at it, and clears away that of the story before. */
async function setArchiveStage(options: ArchiveOptions, localeTag: string): Promise<ArchiveStage> {
  const [stage] = await setArchiveStages(options, [localeTag])
  if (!stage) throw new Error('a stage needs a language')
  return stage
}

/** A stage with an archive of its own for each language. */
export async function setArchiveStages(
  options: ArchiveOptions,
  localeTags: readonly string[],
): Promise<readonly ArchiveStage[]> {
  await clearStage()
  const giveStorageBack = options.hasNoStorage ? refuseStorage() : () => {}
  const stages = localeTags.map((localeTag): ArchiveStage => {
    const archive = createArchive(options)
    const clock = createStoryClock(options.speed)
    const kit = createChatKit({
      transport: archive.transport,
      userId: 'alice',
      locale: locales[localeTag] ?? en,
      clock,
      cache: options.hasNoStorage ? 'auto' : 'memory',
    })
    return { kit, archive, clock, conversationId: ARCHIVE_ID }
  })
  clearStage = async () => {
    clearStage = async () => {}
    await Promise.all(stages.map(({ kit }) => kit.dispose()))
    giveStorageBack()
  }
  await Promise.all(stages.map(({ kit }) => kit.online()))
  return stages
}

/** The browser refuses to open any database, until it is let again. */
function refuseStorage(): () => void {
  const { open } = IDBFactory.prototype
  IDBFactory.prototype.open = () => {
    throw new DOMException('refused', 'SecurityError')
  }
  return () => (IDBFactory.prototype.open = open)
}

/** The loader of a story: `loaded.stage` is the stage. */
export function stageLoader(options: StageOptions = {}) {
  return async ({ globals }: { globals: Record<string, unknown> }) => ({
    stage: await setStage(options, String(globals['locale'] ?? 'en')),
  })
}

/** The same for a stage with an archive. */
export function archiveLoader(options: ArchiveOptions) {
  return async ({ globals }: { globals: Record<string, unknown> }) => ({
    stage: await setArchiveStage(options, String(globals['locale'] ?? 'en')),
  })
}

/** The four faces of a component: both languages, both themes. */
export const faces = {
  EnglishLight: { globals: { locale: 'en', theme: 'light' } },
  EnglishDark: { globals: { locale: 'en', theme: 'dark' } },
  ChineseLight: { globals: { locale: 'zh-CN', theme: 'light' } },
  ChineseDark: { globals: { locale: 'zh-CN', theme: 'dark' } },
} as const

/** A word of the interface in a language, by its path in the catalogue. */
export function wordIn(localeTag: string, path: string): string {
  let found: unknown = (locales[localeTag] ?? en).messages
  for (const step of path.split('.')) found = (found as Readonly<Record<string, unknown>> | undefined)?.[step]
  if (typeof found !== 'string') throw new Error(`no word is called ${path}`)
  return found
}

/** The languages and the themes a story is shown in. */
export const looks = Object.keys(locales).flatMap((locale) =>
  (['light', 'dark'] as const).map((theme) => ({ locale, theme })),
)
