import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { aliases, cssTarget } from '../../vite.config.ts'

/** The page in which the bench measures, built as an app would be. */
export default defineConfig({
  root: fileURLToPath(new URL('page', import.meta.url)),
  plugins: [vue()],
  resolve: { alias: aliases },
  build: {
    outDir: fileURLToPath(new URL('../../.cache/bench/page', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget,
  },
  preview: { host: '127.0.0.1', port: 4820 },
})
