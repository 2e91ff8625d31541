import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import type { Plugin, UserConfig } from 'vite'
import { aliases } from '../vite.config.ts'

/** The XMPP server a build of the demo is made for. */
export interface DemoServer {
  readonly service: string
  readonly domain: string
}

/**
 * Nothing but the demo's own files, no inline script or style, and no string ever becomes markup (B2, L3); with a server of
 * its own exactly that server's socket and store of files.
 */
function contentSecurityPolicy(server: DemoServer | undefined): string {
  const files = server ? ` ${server.service.replace(/^ws(s?):(\/\/[^/]+).*$/, 'http$1:$2')}` : ''
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' blob: data:${files}`,
    `media-src 'self' blob:${files}`,
    `connect-src 'self'${server ? ` ${server.service}${files}` : ''}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types vue${server ? ' default' : ''}`,
  ].join('; ')
}

/** The policy stands in the page too, so that it holds wherever the built demo is put. */
function policyInPage(policy: string): Plugin {
  return {
    name: 'demo-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
  }
}

/** The demo with the service in the browser, or for a server. */
export function demoConfig(server?: DemoServer): UserConfig {
  const policy = contentSecurityPolicy(server)
  return {
    root: fileURLToPath(new URL('.', import.meta.url)),
    plugins: [vue(), policyInPage(policy)],
    resolve: { alias: aliases },
    define: { __XMPP__: JSON.stringify(server ?? null) },
    build: {
      outDir: fileURLToPath(new URL(server ? '../.cache/demo-xmpp' : '../.cache/demo', import.meta.url)),
      emptyOutDir: true,
      // An inlined asset would be a data: URL that the policy refuses for scripts and styles.
      assetsInlineLimit: 0,
    },
    preview: {
      port: 5173,
      headers: {
        'Content-Security-Policy': policy,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      },
    },
  }
}

export default defineConfig(demoConfig())
