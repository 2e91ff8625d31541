import type { Tabs } from '../../core/ports'

/** The tabs of a browser; where it cannot hold anything for one tab each is on its own. */
export const webTabs: Tabs = {
  hold(name, onHeld) {
    if (typeof navigator === 'undefined' || !navigator.locks) {
      onHeld()
      return () => {}
    }
    const waiting = new AbortController()
    let isHeld = false
    let letGo = (): void => {}
    const isOver = new Promise<void>((resolve) => (letGo = resolve))
    navigator.locks
      .request(name, { signal: waiting.signal }, () => {
        isHeld = true
        if (!waiting.signal.aborted) onHeld()
        return isOver
      })
      // It rejects when the waiting is over, which is no news; a page that may hold nothing is on its own.
      .catch(() => {
        if (!waiting.signal.aborted && !isHeld) onHeld()
      })
    return () => {
      waiting.abort()
      letGo()
    }
  },

  open(name, onMessage) {
    if (typeof BroadcastChannel === 'undefined') return { post() {}, close() {} }
    const channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }) => onMessage(data)
    let isClosed = false
    return {
      post(data) {
        if (!isClosed) channel.postMessage(data)
      },
      close() {
        isClosed = true
        channel.onmessage = null
        channel.close()
      },
    }
  },
}
