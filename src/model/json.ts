/** What JSON can hold, readonly all the way down. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
/** A flat bag of strings. */
export type Texts = Readonly<Record<string, string>>
/** The naming fields K and what is news: absent says nothing, null clears. So no adapter keeps a copy of the store. */
export type Patch<T, K extends keyof T> = Pick<T, K> & {
  readonly [P in Exclude<keyof T, K>]?: T[P] | null
}
/** Ends what a call began (a subscription, a watch); calling it twice changes nothing. */
export type Stop = () => void
