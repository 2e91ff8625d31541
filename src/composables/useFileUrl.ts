import { computed, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { catalogueError } from '../core/errors'
import type { LocalFile, MessageRef, RemoteFile } from '../model'
import { useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

/** A URL under which a file can be shown. */
export interface FileUrlView {
  /** The last one that worked stays while a newer one is on its way, so that a sent picture does not blink. */
  readonly url: ComputedRef<string | undefined>
  readonly state: ComputedRef<'loading' | 'ready' | 'failed'>
  /** Asks again after a failure. */
  retry(): void
  /** Nothing can be had under the URL, as where a signed one is over: a fresh one is asked for, once (C12). */
  renew(): void
}

/**
 * The URL of a file: of what this machine has, from the backend for the others (C12), and again after a new sign-in.
 * `of` is the message that carries it: some backends find a fresh URL only through that.
 */
export function useFileUrl(
  file: MaybeRefOrGetter<LocalFile | RemoteFile | undefined>,
  of?: MaybeRefOrGetter<MessageRef | undefined>,
): FileUrlView {
  const kit = useChatKit()
  const session = useSessionStore(kit.pinia)
  const url = shallowRef<string>()
  const state = shallowRef<'loading' | 'ready' | 'failed'>('loading')
  let localUrl: string | undefined
  let asking = 0
  /** Under this one nothing could be had. */
  let deadUrl: string | undefined
  let isRenewed = false

  function show(next: string, isLocal: boolean): void {
    const old = localUrl
    localUrl = isLocal ? next : undefined
    url.value = next
    state.value = 'ready'
    if (old !== undefined) kit.platform.releaseFileUrl(old)
  }

  function showLocal(wanted: LocalFile): void {
    const local = kit.platform.fileUrl(wanted)
    if (local === undefined) state.value = 'failed'
    else show(local, true)
  }

  async function resolve(wanted: LocalFile | RemoteFile | undefined): Promise<void> {
    const mine = ++asking
    if (!wanted) return
    if (wanted.at === 'local') return showLocal(wanted)
    if (url.value === undefined) state.value = 'loading'
    try {
      const message = toValue(of)
      const resolved = await kit.dispatch({
        type: 'resolveFile',
        file: wanted,
        ...(message && { of: message }),
        ...(deadUrl !== undefined && { deadUrl }),
      })
      if (mine !== asking) return
      if (typeof resolved !== 'string') showLocal(resolved)
      else if (leadsToAFile(resolved)) show(resolved, false)
      else throw catalogueError('parley', 'file-address-refused')
    } catch {
      if (mine === asking) state.value = url.value === undefined ? 'failed' : 'ready'
    }
  }

  function renew(): void {
    const wanted = toValue(file)
    if (isRenewed || url.value === undefined || wanted?.at !== 'remote') return
    isRenewed = true
    deadUrl = url.value
    state.value = 'loading'
    void resolve(wanted)
  }

  watch(
    () => toValue(file),
    (wanted) => {
      isRenewed = false
      deadUrl = undefined
      void resolve(wanted)
    },
    { immediate: true },
  )
  watch(
    () => session.session.state === 'online',
    (isOnline) => {
      const wanted = toValue(file)
      if (isOnline && wanted?.at === 'remote') void resolve(wanted)
    },
  )
  onScopeDispose(() => {
    asking++
    if (localUrl !== undefined) kit.platform.releaseFileUrl(localUrl)
  })
  return {
    url: computed(() => url.value),
    state: computed(() => state.value),
    retry: () => void resolve(toValue(file)),
    renew,
  }
}

/**
 * A peer may write anything as the address of a file. One that would run or be a page of this origin is none; one without a
 * scheme is the app's own affair.
 */
function leadsToAFile(url: string): boolean {
  const scheme = /^[\s\p{Cc}]*([a-z][a-z\d+.\s\p{Cc}-]*:)/iu.exec(url)?.[1]?.toLowerCase()
  if (scheme === undefined) return true
  return /^(?:https?|blob):$/u.test(scheme) || /^data:(?!text\/html|application\/xhtml)/iu.test(url)
}
