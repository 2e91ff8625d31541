import { useLocale } from '../../composables'
import type { LiveGift, LiveRow } from '../../composables'
import { previewText } from '../../i18n'

/** The gifts that come with the kit, by the id they go by. */
const KNOWN_GIFTS = ['rose', 'applause', 'cake', 'rocket'] as const
const SIGNS: Readonly<Record<string, string>> = { rose: '🌹', applause: '👏', cake: '🍰', rocket: '🚀' }

/** What is said of gifts and lines, in the language shown. */
export interface LiveWords {
  /** The name of a gift: that of the kit's own in this language, else as its giver's app says it. */
  giftName(gift: LiveGift): string
  /** The gifts that come with the kit. */
  ownGifts(): readonly LiveGift[]
  /** A line as it is read out. */
  lineText(row: LiveRow): string
}

/** Words for what happens in a live room. */
export function useLiveWords(): LiveWords {
  const { t } = useLocale()
  function giftName({ id, name }: LiveGift): string {
    const known = KNOWN_GIFTS.find((own) => own === id)
    return known ? t(`live.gifts.${known}`) : name
  }
  return {
    giftName,
    ownGifts: () =>
      KNOWN_GIFTS.map((id) => ({ id, name: t(`live.gifts.${id}`), ...(SIGNS[id] && { sign: SIGNS[id] }) })),
    lineText: ({ message, signal }) =>
      signal
        ? t('live.gaveAs', { gift: giftName(signal.gift), n: signal.count })
        : previewText(t, message.parts, message.recalled),
  }
}
