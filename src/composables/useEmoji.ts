import { computed } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { hasHan } from './contactIndex'
import { EMOJI_GROUPS, findEmojiBy, inTone } from './emojiBook'
import type { Emoji, EmojiGroup } from './emojiBook'
import { emojiIn, hasFailed, loadEmoji } from './emojiShelf'
import type { EmojiLanguage } from './emojiShelf'
import { useHabitStore } from '../stores'
import { useChatKit } from './kitContext'

/** Emoji to choose from, under the names of the language shown. */
export interface EmojiView {
  readonly state: ComputedRef<'loading' | 'ready' | 'failed'>
  readonly groups: ComputedRef<readonly { readonly id: EmojiGroup; readonly emoji: readonly Emoji[] }[]>
  /** Those used last, newest first. */
  readonly recent: ComputedRef<readonly Emoji[]>
  /** The tone of skin, 0 for none, 1 to 5 from light to dark; kept for this account on this machine. */
  readonly tone: Ref<number>
  /** Fetches the names; nothing is fetched before. */
  load(): void
  /** What is meant by a word in Chinese or English, best first; reactive, for the names of a language may have to be fetched. */
  find(query: string, most?: number): readonly Emoji[]
  /** An emoji as it is written: in the tone chosen. */
  written(emoji: Emoji): string
  /** Notes that it was used. */
  noteUse(emoji: Emoji): void
}

const MOST_RECENT = 27
const MOST_FOUND = 180

/** What is kept of the habits of an account. */
interface Habits {
  readonly recent: readonly string[]
  readonly tone: number
}

/** Emoji by group, by word and by habit. Their names are a chunk of their own, fetched when somebody looks for one. */
export function useEmoji(): EmojiView {
  const kit = useChatKit()
  const kept = useHabitStore(kit.pinia)
  const habits = computed(() => soundHabits(kept.textByName.get('emoji')))
  const language = computed<EmojiLanguage>(() => (kit.locale.value.tag.startsWith('zh') ? 'zh' : 'en'))
  const book = computed(() => emojiIn(language.value))
  const byUnicode = computed(() => new Map(book.value?.map((emoji) => [emoji.unicode, emoji])))

  function keep(change: Partial<Habits>): void {
    const text = JSON.stringify({ ...habits.value, ...change })
    kit.dispatch({ type: 'keepHabit', name: 'emoji', text }).catch(() => {})
  }

  return {
    state: computed(() => (book.value ? 'ready' : hasFailed(language.value) ? 'failed' : 'loading')),
    groups: computed(() =>
      EMOJI_GROUPS.map((id) => ({ id, emoji: book.value?.filter(({ group }) => group === id) ?? [] })),
    ),
    recent: computed(() => habits.value.recent.flatMap((unicode) => byUnicode.value.get(unicode) ?? [])),
    tone: computed({ get: () => habits.value.tone, set: (tone) => keep({ tone }) }),
    load: () => loadEmoji(language.value),
    find(query, most = MOST_FOUND) {
      const other: EmojiLanguage = hasHan(query) ? 'zh' : 'en'
      loadEmoji(other)
      const found = findEmojiBy(query, emojiIn(other) ?? [], most)
      // Under the names of the language shown, where these are here.
      return found.map((emoji) => byUnicode.value.get(emoji.unicode) ?? emoji)
    },
    written: (emoji) => inTone(emoji, habits.value.tone),
    noteUse({ unicode }) {
      const others = habits.value.recent.filter((other) => other !== unicode)
      keep({ recent: [unicode, ...others].slice(0, MOST_RECENT) })
    },
  }
}

/** What was kept, if it can be read: another version or another page may have written it. */
function soundHabits(text: string | undefined): Habits {
  const nothing = { recent: [], tone: 0 }
  if (text === undefined) return nothing
  try {
    const told: unknown = JSON.parse(text)
    if (typeof told !== 'object' || told === null) return nothing
    const { recent, tone } = told as Record<string, unknown>
    return {
      recent: Array.isArray(recent)
        ? recent.filter((one) => typeof one === 'string').slice(0, MOST_RECENT)
        : [],
      tone: typeof tone === 'number' && [0, 1, 2, 3, 4, 5].includes(tone) ? tone : 0,
    }
  } catch {
    return nothing
  }
}
