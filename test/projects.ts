import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import type { TestProjectConfiguration } from 'vitest/config'
import packageJson from '../package.json' with { type: 'json' }
import { chromiumLaunchOptions } from './support/chromium.mjs'

// A busy machine now and then answers too late; what fails twice is a failure.
const retry = process.env['CI'] ? 1 : 0

const failOnConsole = 'test/support/unexpectedConsole.ts'

/** What Vite would otherwise meet in the middle of a browser run, and reload the page for. */
const packagesForBrowser = [
  ...Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies }),
  '@vue/test-utils',
  'axe-core',
]
  // What is nothing but data needs no making ready.
  .filter((name) => name !== 'emojibase-data')
  .map((name) => (name === 'virtua' ? 'virtua/vue' : name))

/** The suites. The suffix of a test file names the one it runs in. */
export async function projects(): Promise<TestProjectConfiguration[]> {
  return [
    {
      extends: true,
      test: {
        name: 'node',
        environment: 'node',
        include: ['test/**/*.test.ts'],
        exclude: ['test/**/*.{dom,browser,e2e,server}.test.ts', 'test/e2e/**', 'test/simulation/**'],
        setupFiles: [failOnConsole],
        // Thousands of made-up texts take their time on a busy machine.
        testTimeout: 60_000,
        // A change in a long report is shown with its neighbours, not with the whole report.
        diff: { expand: false },
      },
    },
    {
      extends: true,
      test: {
        name: 'transports',
        environment: 'node',
        include: ['test/{contract,transports}/**/*.server.test.ts'],
        maxWorkers: 2,
        retry,
        testTimeout: 120_000,
        hookTimeout: 180_000,
        setupFiles: [failOnConsole],
      },
    },
    {
      extends: true,
      test: {
        name: 'dom',
        environment: 'happy-dom',
        include: ['test/**/*.dom.test.ts'],
        setupFiles: ['fake-indexeddb/auto', failOnConsole],
      },
    },
    {
      extends: true,
      optimizeDeps: { include: packagesForBrowser },
      test: {
        name: 'browser',
        include: ['test/**/*.browser.test.ts'],
        setupFiles: [failOnConsole],
        browser: chromiumBrowser(),
        testTimeout: 60_000,
        retry,
      },
    },
    {
      extends: true,
      test: {
        name: 'simulation',
        environment: 'node',
        include: ['test/simulation/**/*.test.ts'],
        maxWorkers: 2,
        testTimeout: 600_000,
        setupFiles: [failOnConsole],
      },
    },
    {
      extends: true,
      test: {
        name: 'e2e',
        environment: 'node',
        include: ['test/e2e/**/*.e2e.test.ts'],
        // Minutes of kills: a phase of its own.
        exclude: ['test/e2e/crash.e2e.test.ts'],
        maxWorkers: 1,
        retry,
        testTimeout: 120_000,
        hookTimeout: 180_000,
      },
    },
    {
      extends: true,
      test: {
        name: 'crash',
        environment: 'node',
        include: ['test/e2e/crash.e2e.test.ts'],
        maxWorkers: 1,
        retry,
        testTimeout: 900_000,
        hookTimeout: 180_000,
      },
    },
    ...(isAskedFor('storybook') ? [await storybookProject()] : []),
  ]
}

/** Stories are tests too: each renders, plays, and passes axe. */
async function storybookProject(): Promise<TestProjectConfiguration> {
  const { storybookTest } = await import('@storybook/addon-vitest/vitest-plugin')
  const configDir = fileURLToPath(new URL('../stories/.storybook', import.meta.url))
  return {
    extends: true,
    plugins: [storybookTest({ configDir })],
    optimizeDeps: { include: packagesForBrowser },
    // What fades in or blinks is not visible in some of its frames.
    test: {
      name: 'storybook',
      browser: chromiumBrowser({ reducedMotion: 'reduce' }),
      testTimeout: 90_000,
      retry,
    },
  }
}

function chromiumBrowser(contextOptions: { reducedMotion?: 'reduce' } = {}) {
  return {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({ launchOptions: chromiumLaunchOptions(), contextOptions }),
    instances: [{ browser: 'chromium' as const }],
  }
}

function isAskedFor(project: string): boolean {
  const isNarrowed = process.argv.some((argument) => argument.startsWith('--project'))
  return !isNarrowed || process.argv.some((argument) => argument.replace('--project=', '') === project)
}
