import { ChatError } from 'vue-parley/core'
import type { Facets, Transport } from 'vue-parley/core'

/** A call that nobody ever answers. */
export const never = () => new Promise<never>(() => {})
/** A call that was not answered in time. */
export const noAnswer = () => Promise.reject(new ChatError({ code: 'no-answer', kind: 'timeout' }))
/** A call that the backend refuses, for reasons of its own. */
export const refused = () =>
  Promise.reject(new ChatError({ domain: 'tencent', code: 10002, kind: 'other', retry: 'never' }))

type Facet<Name extends keyof Facets> = NonNullable<Facets[Name]>

/** A line on which the story answers some calls of one facet; everything else passes. */
export function answering<Name extends keyof Facets>(
  name: Name,
  calls: Partial<Facet<Name>> | ((facet: Facet<Name>) => Partial<Facet<Name>>),
): (transport: Transport) => Transport {
  return (transport) => {
    const facets: Facets = transport
    const facet = facets[name]
    if (!facet) return transport
    return { ...transport, [name]: { ...facet, ...(typeof calls === 'function' ? calls(facet) : calls) } }
  }
}
