/** Where new ids come from, so that tests and simulations own them. */
export interface IdSource {
  /** A new id of printable ASCII, unique for ever, at most 36 bytes. */
  next(): string
}
