import type { ChatKitOptions } from 'vue-parley'

/** A kit with notifications, on a machine on which nobody has been asked about them. */
export const unaskedMachine: Pick<ChatKitOptions, 'notifications' | 'platform'> = {
  notifications: { hasPopups: true },
  platform: {
    fileUrl: () => undefined,
    releaseFileUrl() {},
    imageSize: async () => undefined,
    notifier: {
      isLookedAt: () => true,
      permission: () => 'unasked',
      ask: async () => 'granted',
      show: () => () => {},
      ring() {},
      setBadge() {},
    },
  },
}
