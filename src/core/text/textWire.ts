import { escapeText, MARKUP_CHARACTERS, unescapeText } from './escape'

/** How a text stands on a wire. */
export type TextForm = 'raw' | 'escaped'

/** What is known of the text of one wire; the data of a transport, not a habit of its code (B1, B4). */
export interface TextWirePolicy {
  /** How this kit writes. */
  readonly writes: TextForm
  /** How a text without a mark is read: what the older clients of this fleet send. */
  readonly unmarked: TextForm
  /** Messages can carry a mark that says how their text stands, so that clients of both kinds can live together. */
  readonly canMark: boolean
  /** Which of `& < > " '` this wire escapes. @default all five */
  readonly characters?: string
}

/** A text on a wire, with its mark where the wire carries one. */
export interface WireText {
  readonly text: string
  readonly mark?: TextForm
}

/** The edge where text is escaped once on the way out and unescaped once on the way in. */
export interface TextWire {
  /** A raw text as the wire carries it. */
  readonly toWire: (raw: string) => WireText
  /** The raw text of what came; a mark of its own goes before the policy of the fleet, an unknown one says nothing. */
  readonly fromWire: (wire: { readonly text: string; readonly mark?: unknown }) => string
}

/**
 * The text edge of a transport. Without a mark both ways must be the same, for what this kit writes it must be able to
 * read: a policy that breaks that is a mistake of the transport and throws at once.
 */
export function createTextWire(policy: TextWirePolicy): TextWire {
  const { writes, unmarked, canMark, characters = MARKUP_CHARACTERS } = policy
  if (!canMark && writes !== unmarked) {
    throw new Error(
      `A wire without marks that is read as '${unmarked}' must be written so too, not '${writes}'.`,
    )
  }
  return {
    toWire(raw) {
      const text = writes === 'escaped' ? escapeText(raw, characters) : raw
      return canMark ? { text, mark: writes } : { text }
    },
    fromWire({ text, mark }) {
      const form = canMark && (mark === 'raw' || mark === 'escaped') ? mark : unmarked
      return form === 'escaped' ? unescapeText(text, characters) : text
    },
  }
}
