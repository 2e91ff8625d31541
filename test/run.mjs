// Everything CI checks, one phase after another. `npm test -- lint dom` runs only the phases named;
// `npm test -- --update-api` writes the reports of the public API anew. The last line is the total.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './support/chromium.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = join(root, '.cache/test-reports')
const phaseLimitMs = 30 * 60_000
const isCi = process.env.CI === 'true' || process.env.CI === '1'

const phases = {
  lint: checks('eslint --config test/lint/eslint.config.js --max-warnings 0 .'),
  prettier: checks('prettier --check --log-level warn .'),
  types: checks(
    'node test/support/extractExamples.mjs',
    'vue-tsc --noEmit -p tsconfig.json',
    'tsc --noEmit -p test/architecture/tsconfig.pure.json',
  ),
  node: suite('node'),
  transports: suite('transports'),
  simulation: suite('simulation'),
  dom: suite('dom'),
  browser: suite('browser', { needsChromium: true }),
  storybook: suite('storybook', { needsChromium: true }),
  build: checks(
    'vite build --logLevel warn',
    'publint --strict',
    'attw --pack . --profile esm-only --exclude-entrypoints ./style.css',
    'tsc --noEmit -p test/architecture/tsconfig.built.json',
    'node test/support/importDoors.mjs',
  ),
  e2e: suite('e2e', { needsChromium: true }),
  crash: suite('crash', { needsChromium: true }),
}

/** A phase of commands that all have to succeed: one check. */
function checks(...commands) {
  return {
    async run() {
      for (const command of commands) {
        const { code, output } = await runCommand(command)
        if (code !== 0) return { passed: 0, failed: 1, output: `$ ${command}\n${output}` }
      }
      return { passed: 1, failed: 0, output: '' }
    },
  }
}

/** A phase that is a project of Vitest: as many checks as it has tests. */
function suite(project, { needsChromium = false } = {}) {
  return {
    needsChromium,
    async run(filter = '') {
      const report = join(reports, `${project}.json`)
      rmSync(report, { force: true })
      const { code, output } = await runCommand(
        `vitest run --project ${project} --passWithNoTests --reporter=dot --reporter=json ` +
          `--outputFile.json=.cache/test-reports/${project}.json ${filter}`,
      )
      return { ...countTests(report, code), output }
    },
  }
}

/** Counts what Vitest reported. A file that could not be loaded, a stray error or no report at all is a failure. */
function countTests(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const {
    numPassedTests: passed,
    numFailedTests,
    numTotalTests,
    testResults,
  } = JSON.parse(readFileSync(report, 'utf8'))
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  )
  const failed = numFailedTests + brokenFiles.length
  if (code !== 0) return { passed, failed: Math.max(failed, 1) }
  return { passed, failed, ...(numTotalTests === 0 && { notRunBecause: 'it has no tests' }) }
}

/** Runs one command to its end, its output kept; one that takes too long is ended with all it started. */
function runCommand(command, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, {
      cwd: root,
      shell: true,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', ...env, PATH: binaries() },
    })
    let output = ''
    const end = () => endGroup(child)
    const limit = setTimeout(() => {
      output += `\nEnded after ${phaseLimitMs / 60_000} minutes.\n`
      end()
    }, phaseLimitMs)
    process.once('exit', end)
    child.stdout.on('data', (text) => (output += text))
    child.stderr.on('data', (text) => (output += text))
    child.on('error', (error) => (output += String(error)))
    child.on('close', (code) => {
      clearTimeout(limit)
      process.removeListener('exit', end)
      resolve({ code: code ?? 1, output })
    })
  })
}

function endGroup(child) {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill()
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function binaries() {
  return join(root, 'node_modules/.bin') + delimiter + (process.env.PATH ?? '')
}

/** Whether there is a Chromium to test in; where there is none, installs one as the machine allows. */
async function hasChromium() {
  if (findChromium()) return true
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0
  const roads = [
    ...(isDebianRoot
      ? ['apt-get update && apt-get install -y chromium fonts-noto-cjk fonts-noto-color-emoji']
      : []),
    'playwright install chromium',
  ]
  for (const road of roads) {
    say(`No Chromium is here; running: ${road}`)
    const { code, output } = await runCommand(road, { DEBIAN_FRONTEND: 'noninteractive' })
    if (code === 0 && findChromium()) return true
    say(output.trim().split('\n').slice(-3).join('\n'))
  }
  say('No Chromium could be installed: install one, or name one in the environment variable PARLEY_CHROMIUM.')
  return false
}

function say(text) {
  process.stdout.write(`${text}\n`)
}

function wordsFor({ passed, failed, notRunBecause }, seconds) {
  if (notRunBecause) return `NOT RUN: ${notRunBecause}`
  return `${failed === 0 ? 'ok' : 'FAILED'} (${passed} passed, ${failed} failed, ${seconds} s)`
}

async function runPhase(name, filter) {
  const startedAt = performance.now()
  const result = await phases[name].run(filter)
  say(`${name}: ${wordsFor(result, Math.round((performance.now() - startedAt) / 1000))}`)
  if (result.failed > 0) say(`${result.output.trim()}\n`)
  return result
}

async function runAll(names, filter) {
  const mayNeedChromium = names.some((name) => phases[name].needsChromium)
  const isChromiumHere = mayNeedChromium && (await hasChromium())
  const results = []
  for (const name of names) {
    const isPossible = isChromiumHere || !phases[name].needsChromium
    results.push(
      isPossible
        ? { name, ...(await runPhase(name, filter)) }
        : { name, passed: 0, failed: 0, notRunBecause: 'there is no Chromium' },
    )
  }
  return results
}

/** Prints what was not run and the total; a suite that was not run is a failure where CI has to trust us. */
function conclude(results) {
  const notRun = results.filter((result) => result.notRunBecause)
  for (const { name, notRunBecause } of notRun) say(`NOT RUN: ${name}, for ${notRunBecause}`)
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const failed = sum('failed') + (isCi ? notRun.length : 0)
  say(`${sum('passed')} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

async function main(argv) {
  mkdirSync(reports, { recursive: true })
  if (argv.includes('--update-api')) {
    process.env.PARLEY_UPDATE_API = '1'
    return conclude(await runAll(['node'], 'test/architecture/api.test.ts'))
  }
  const unknown = argv.filter((name) => !(name in phases))
  if (unknown.length > 0) {
    say(`No such phase: ${unknown.join(', ')}. The phases: ${Object.keys(phases).join(', ')}`)
    return conclude([{ passed: 0, failed: unknown.length }])
  }
  conclude(await runAll(argv.length > 0 ? argv : Object.keys(phases)))
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
process.on('uncaughtException', (error) => {
  say(String(error?.stack ?? error))
  conclude([{ passed: 0, failed: 1 }])
  process.exit(1)
})
await main(process.argv.slice(2))
