import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { aliases, cssTarget } from '../vite.config.ts'

/** Nothing but the demo's own files, no inline script or style, and no string ever becomes markup (B2, L3). */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types vue',
].join('; ')

/** The policy stands in the page too, so that it holds wherever the built demo is put. */
const policyInPage: Plugin = {
  name: 'demo-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue(), policyInPage],
  resolve: { alias: aliases },
  build: {
    outDir: fileURLToPath(new URL('../.cache/demo', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget,
    // An inlined asset would be a data: URL that the policy refuses for scripts and styles.
    assetsInlineLimit: 0,
  },
  preview: {
    port: 5173,
    headers: {
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    },
  },
})
