import type { CredentialsProvider, Transport } from 'vue-parley/core'
import { createEmbeddedService, createEmbeddedTransport } from 'vue-parley/transports/embedded'
import type { EmbeddedService } from 'vue-parley/transports/embedded'
import { createXmppTransport } from 'vue-parley/transports/xmpp'

/** What the people of the demo talk through. */
export interface Backend {
  /** It is somewhere else, so that something leaves this page. */
  readonly isRemote: boolean
  createTransport(): Transport
  /** The service itself, where it is in this page. */
  readonly service?: EmbeddedService
  /** Asked for the secret of somebody, where there are secrets. */
  readonly credentials?: CredentialsProvider
}

/** The XMPP server that the build was made for; null: the service is in the browser. */
declare const __XMPP__: { readonly service: string; readonly domain: string } | null

/** The service in the browser, or the server that the build was made for. */
export const backend: Backend = __XMPP__ === null ? embedded() : xmpp(__XMPP__)

function embedded(): Backend {
  const service = createEmbeddedService({ name: 'parley-demo', world: 'demo' })
  return { isRemote: false, service, createTransport: () => createEmbeddedTransport({ service }) }
}

function xmpp(server: NonNullable<typeof __XMPP__>): Backend {
  allowParsing()
  return {
    isRemote: true,
    createTransport: () => createXmppTransport(server),
    // The people of the demo have their name for a password; elsewhere an app asks its own server.
    credentials: async ({ userId }) => ({ secret: userId }),
  }
}

/**
 * Under Trusted Types even reading XML needs leave: it is given for that alone, which makes a document that nobody shows.
 * All that would become markup stays forbidden.
 */
function allowParsing(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  trustedTypes?.createPolicy('default', {
    createHTML: (text, _type, sink) => (sink === 'DOMParser parseFromString' ? text : undefined),
  })
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(text: string, type: string, sink: string): string | undefined },
  ): unknown
}
