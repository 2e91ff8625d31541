import { createPinia } from 'pinia'
import type { Pinia } from 'pinia'
import { markRaw, shallowRef } from 'vue'
import type { App } from 'vue'
import { chatKitKey } from '../composables'
import type { ChatKitContext } from '../composables'
import { cacheName } from '../cache'
import type { Transport } from '../core/ports'
import { recordingLogger } from '../core/log'
import { pacedTransport } from '../core/pace'
import { createSessionSupervisor, kitEnded } from '../core/session'
import { en } from '../i18n'
import type { CacheStart, ChatEvent, Checkpoint, Dispatch, EventSource, Hint, Stop } from '../model'
import { randomIds, systemClock, webPlatform } from '../platform/web'
import { useLiveStore, useSessionStore } from '../stores'
import { checkOptions } from './chatKitOptions'
import type { ChatKitOptions } from './chatKitOptions'
import { createDispatch } from './dispatch'
import { createIngest } from './ingest'
import { facetsOf } from './facetsOf'
import { keptOf, openedCache } from './keeping'
import { leash } from './leash'
import { leaveBackend } from './leaveBackend'
import { createNotifying, createOnScreen } from './notifying'
import { loggerOf } from './logger'
import { createMessageHearing } from './messageHearing'
import { createOffers } from './offers'
import { createSiblings } from './siblings'
import { waitForOnline } from './waitForOnline'

/** A signed-in user of a backend, as a Vue plugin: `app.use(kit)`, or `<ChatKitProvider :kit="kit">` for a subtree. */
export interface ChatKit extends ChatKitContext {
  /** Provides the kit to a whole app; `app.use(kit)` calls it. */
  install(app: App): void
  /**
   * Signs in, or signs in again after an end that the session names; the state is told by the session.
   * @throws ChatError after `signOut` or `dispose`: another kit signs in then.
   */
  connect(): void
  /**
   * Ends the connection, empties the stores (A10) and gives the Pinia back. What is mounted says that nobody is signed in; the
   * kit is of no use afterwards.
   */
  dispose(): Promise<void>
}

const kitByPinia = new WeakMap<Pinia, ChatKit>()
const transportsInUse = new WeakSet<Transport>()

/**
 * Makes the kit for one user of one backend and starts to sign in.
 * @throws Error on misuse: no transport, no user id, an option that is none of its kind, a transport or a Pinia that belongs to
 * another kit.
 * @example
 * const service = createEmbeddedService({ world: 'demo' })
 * const kit = createChatKit({ transport: createEmbeddedTransport({ service }), userId: 'alice' })
 * createApp(App).use(kit).mount('#app')
 */
export function createChatKit(options: ChatKitOptions): ChatKit {
  checkOptions(options)
  const { userId } = options
  const pinia = options.pinia ?? createPinia()
  if (kitByPinia.has(pinia)) {
    throw new Error(
      'Parley: this Pinia already holds a kit. Leave `pinia` out, or dispose of the other kit first.',
    )
  }
  if (transportsInUse.has(options.transport)) {
    throw new Error(
      'Parley: this transport already belongs to a kit. Make another transport, or dispose of that kit first.',
    )
  }
  /** Goes on after the end: the cache writes what waits and may have to wait for the database. */
  const longClock = options.clock ?? systemClock
  const clock = leash(longClock)
  const transport = pacedTransport(facetsOf(options), clock)
  const logger = recordingLogger(loggerOf(options.logger), { clock })
  const random = options.random ?? Math.random
  const platform = options.platform ?? webPlatform
  const ids = options.ids ?? randomIds
  const name = cacheName({ transportId: transport.id, scope: transport.scope, userId })
  const cache = openedCache(options.cache, { name, ownId: userId, clock: longClock, ids })
  const siblings = createSiblings(
    platform.tabs,
    name,
    clock,
    (event) => ingest([event], 'tab'),
    (thrown) => logger.warn('Something could not be told to the other tabs.', thrown),
  )
  const { ingest, reset } = createIngest({ pinia, ownId: userId, clock, logger, beforehand, afterwards })
  const session = useSessionStore(pinia)
  const live = useLiveStore(pinia)
  const onScreen = createOnScreen()
  const hearing = createMessageHearing(userId, logger)
  const {
    dispatch: send,
    outbox,
    confirmSent,
  } = createDispatch({
    transport,
    ownId: userId,
    pinia,
    ingest,
    cache,
    name,
    ...(platform.tabs && { tabs: platform.tabs }),
    clock,
    logger,
    ids,
    random,
    withdraw: (ability, error) => offers.withdraw(ability, error),
    beginCall: () => supervisor.beginCall(),
    line: () => line,
    onScreen,
    historyPageSize: options.historyPageSize ?? 20,
    ...(options.screenText && { screenText: options.screenText }),
  })
  const isDisposed = shallowRef(false)
  const offers = createOffers({
    transport,
    logger,
    revision: () => session.abilitiesRevision,
    isEnded: () => isDisposed.value,
    onWithdrawn: () => ingest([{ type: 'abilities.changed' }], 'local'),
  })
  const dispatch: Dispatch = (intent) => (isDisposed.value ? refuse() : send(intent))
  const locale = shallowRef(options.locale ?? en)
  const notifying =
    options.notifications &&
    createNotifying(
      { userId, pinia, dispatch, locale, clock },
      platform,
      name,
      onScreen,
      options.notifications,
    )
  const supervisor = createSessionSupervisor({
    userId,
    clock,
    random,
    ...(options.credentials && { credentials: options.credentials }),
    connect: (credentials) =>
      transport.connect({ userId, credentials, ...(checkpoint !== undefined && { checkpoint }) }),
    disconnect: () => leaveBackend(transport, longClock, logger),
    show: (shown) => ingest([{ type: 'session.changed', session: shown }], 'local'),
    forget: () => cache.erase(),
  })
  const stops: Stop[] = [
    cache.watch((error) => {
      ingest([{ type: 'storage.degraded', error }], 'local')
      outbox.goAlone()
    }),
    platform.watch?.(onHint) ?? (() => {}),
    transport.subscribe((events) => ingest(events, 'remote')),
    siblings.stop,
    () => outbox.stop(),
    () => notifying?.stop(),
    hearing.stop,
  ]
  let checkpoint: Checkpoint | undefined
  let line = 0
  let ending: Promise<void> | undefined
  const started = begin()

  /** What this machine kept is shown, and waits to be sent, before there is a connection. */
  async function begin(): Promise<void> {
    const start = await cache.start().catch(() => undefined)
    if (isDisposed.value || !start) return
    ingest([{ type: 'cache.started', start }], 'cache')
  }

  function beginWith(start: CacheStart): void {
    checkpoint ??= start.checkpoint
    outbox.start(start.outbox)
  }

  /** What the backend says of the session is judged before it is shown. */
  function beforehand(event: ChatEvent, source: EventSource): ChatEvent {
    return event.type === 'session.changed' && source === 'remote'
      ? { ...event, session: supervisor.onSession(event.session) }
      : event
  }

  function afterwards(event: ChatEvent, source: EventSource): void {
    const kept = keptOf(event, source, (id) => live.bufferById.has(id))
    if (kept.length > 0) cache.absorb(kept)
    if (source === 'local') siblings.tell(event)
    if (event.type === 'cache.started') beginWith(event.start)
    if (event.type === 'checkpoint.advanced') checkpoint = event.checkpoint
    if (event.type === 'message.received') {
      confirmSent(event.messages)
      if (event.isLive && source === 'remote') {
        notifying?.hear(event.messages)
        hearing.hear(event.messages)
      }
    }
    if (event.type === 'message.changed') notifying?.forget(event.changes)
    if (event.type === 'history.loaded') confirmSent(event.page.messages)
    if (event.type === 'session.changed') {
      const isOnline = event.session.state === 'online'
      if (!isOnline) {
        line++
        offers.renew()
      }
      outbox.setOnline(isOnline)
    }
  }

  function onHint(hint: Hint): void {
    // A page in the background may never come to the foreground again.
    if (hint === 'background') cache.flush().catch(() => {})
    transport.hint?.(hint)
    if (hint === 'network-up' || hint === 'foreground') supervisor.wake()
  }

  /** Many wishes of the interface, such as keeping a draft, are nobody's to wait for: that they are refused is no accident. */
  function refuse(): Promise<never> {
    const refusal = Promise.reject(kitEnded())
    refusal.catch(() => {})
    return refusal
  }

  /** There is one end, however often it is asked for. */
  function end(leave: () => Promise<void>): Promise<void> {
    ending ??= finish(leave)
    return ending
  }

  async function finish(leave: () => Promise<void>): Promise<void> {
    isDisposed.value = true
    for (const call of stops) {
      try {
        call()
      } catch (thrown) {
        // What an app's own facet does wrong must not keep anybody from signing out.
        logger.warn('Something could not be stopped.', thrown)
      }
    }
    clock.stopAll()
    reset()
    kitByPinia.delete(pinia)
    transportsInUse.delete(options.transport)
    try {
      await leave()
    } finally {
      await cache.close()
    }
  }

  // Raw, so that a kit kept in a `ref` stays what it is: refs inside it must not be unwrapped.
  const kit: ChatKit = markRaw({
    userId,
    pinia,
    dispatch,
    clock,
    locale,
    ...(notifying && { notifications: notifying }),
    platform,
    ...(options.errorText && { errorText: options.errorText }),
    ...(options.assistance && { assistance: options.assistance }),
    ...(options.images && { images: options.images }),
    ...(options.burnTimesMs && { burnTimesMs: options.burnTimesMs }),
    ...(options.hiddenNotices && { hiddenNotices: options.hiddenNotices }),
    can: offers.can,
    limits(scope) {
      void session.abilitiesRevision
      return transport.limits(scope)
    },
    groupTraits() {
      const { types = [], mutes, bans } = transport.groups ?? {}
      return { types, ...(mutes && { mutes }), ...(bans && { bans }) }
    },
    filePurposes: () => transport.files?.purposes ?? [],
    install(app) {
      app.provide(chatKitKey, kit)
    },
    connect() {
      if (isDisposed.value) throw kitEnded()
      void started.then(() => {
        if (isDisposed.value) return
        supervisor.signIn()
        // A transport that tries again by itself does not wait any longer for a person who wants it now.
        if ('retryInMs' in session.session) transport.hint?.('network-up')
      })
    },
    onMessage: hearing.on,
    online: () => waitForOnline(() => (isDisposed.value ? undefined : session.session)),
    disconnect: () => supervisor.disconnect(),
    signOut: () => end(() => supervisor.signOut()),
    dispose: () => end(() => supervisor.disconnect()),
    facts: {
      transportId: transport.id,
      scope: transport.scope,
      hasListener: () => !isDisposed.value,
      outboxItems: () => cache.outbox.all(),
      cacheKind: () => cache.kind(),
      cacheSize: () => cache.size(),
      logEntries: () => logger.entries(),
      abilities: offers.all,
    },
  })
  kitByPinia.set(pinia, kit)
  transportsInUse.add(options.transport)
  kit.connect()
  return kit
}
