import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import dts from 'unplugin-dts/vite'
import { defineConfig } from 'vitest/config'
import packageJson from './package.json' with { type: 'json' }

/** Every public door: its name in `dist` and after `vue-parley/`, and the source behind it. */
export const doors = {
  index: 'src/index.ts',
  core: 'src/core.ts',
  headless: 'src/headless.ts',
  testing: 'src/testing.ts',
  'transports/embedded': 'src/transports/embedded/index.ts',
  'transports/xmpp': 'src/transports/xmpp/index.ts',
  'locales/zh-CN': 'src/i18n/locales/zh-CN.ts',
  'locales/en': 'src/i18n/locales/en.ts',
  'errors/zh-CN': 'src/i18n/errors/zh-CN.ts',
  'errors/en': 'src/i18n/errors/en.ts',
}

/** Lets the stories, the demo and the tests import the public names (`vue-parley/core`) from the sources. */
export const aliases = [
  alias('vue-parley/style.css', 'src/styles/index.css'),
  ...Object.entries(doors).map(([door, source]) =>
    alias(door === 'index' ? 'vue-parley' : `vue-parley/${door}`, source),
  ),
]

function alias(name: string, source: string) {
  return { find: new RegExp(`^${name.replace('.', '\\.')}$`), replacement: fromRoot(source) }
}

function fromRoot(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}

const installedByTheApp = new RegExp(
  `^(${Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies }).join('|')})(/|$)`,
)

/** The first browsers with relative colours, so that the style sheet is built as it is written. */
export const cssTarget = ['chrome123', 'edge123', 'firefox128', 'safari17.5']

/** TypeScript wants to know what `import 'vue-parley/style.css'` is, also where no bundler's types say so. */
const styleTypes = {
  name: 'style-types',
  apply: 'build' as const,
  generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): string }) {
    this.emitFile({ type: 'asset', fileName: 'style.css.d.ts', source: 'export {}\n' })
  },
}

export default defineConfig(async ({ command }) => ({
  plugins: [
    vue(),
    styleTypes,
    command === 'build' &&
      dts({
        processor: 'vue',
        tsconfigPath: fromRoot('tsconfig.json'),
        entryRoot: fromRoot('src'),
        include: ['src'],
        bundleTypes: true,
      }),
  ],
  resolve: { alias: aliases },
  build: {
    target: 'es2022',
    cssTarget,
    minify: false,
    sourcemap: true,
    lib: {
      entry: Object.fromEntries(Object.entries(doors).filter(([, source]) => existsSync(fromRoot(source)))),
      formats: ['es' as const],
      cssFileName: 'style',
    },
    cssCodeSplit: false,
    rolldownOptions: { external: installedByTheApp },
  },
  // Storybook and Playwright take seconds to load, so only Vitest asks for them.
  test: process.env.VITEST
    ? { projects: await import('./test/projects.ts').then((it) => it.projects()) }
    : {},
}))
