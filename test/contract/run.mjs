// Judges transports by the conformance suite: `npm run test:transports -- embedded prosody ejabberd`. A name stands for
// the files of this folder that begin with it; without names all of them run. The last line is the total.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = 'test/contract'
const reports = join(root, '.cache/test-reports')

/** The files of the transports with these names, and the names that have none. */
function filesOf(names) {
  const all = readdirSync(join(root, folder)).filter((file) => file.endsWith('.test.ts'))
  // `embedded` also means `embeddedWithFaults`, and not `embed`.
  const isOf = (name, file) => file.startsWith(name) && /^[A-Z.]/.test(file.slice(name.length))
  const unknown = names.filter((name) => !all.some((file) => isOf(name, file)))
  const files = names.length === 0 ? all : all.filter((file) => names.some((name) => isOf(name, file)))
  return { files, unknown }
}

/** Runs files in the project they belong to, and counts. */
function run(project, files) {
  if (files.length === 0) return { passed: 0, failed: 0 }
  const report = join(reports, `contract-${project}.json`)
  rmSync(report, { force: true })
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...[
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
      ...files.map((file) => `${folder}/${file}`),
    ],
    { cwd: root, stdio: 'inherit' },
  )
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const broken = testResults.filter(
    ({ status: state, assertionResults }) =>
      state === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  const failed = numFailedTests + broken.length
  return { passed: numPassedTests, failed: status === 0 ? failed : Math.max(failed, 1) }
}

mkdirSync(reports, { recursive: true })
const { files, unknown } = filesOf(process.argv.slice(2))
for (const name of unknown) console.log(`There is no ${folder}/${name}.test.ts and no ${name}.server.test.ts`)
const isServer = (file) => file.endsWith('.server.test.ts')
const results = [
  run(
    'node',
    files.filter((file) => !isServer(file)),
  ),
  run('transports', files.filter(isServer)),
]
const sum = (key) => results.reduce((total, result) => total + result[key], 0)
const failed = sum('failed') + unknown.length
console.log(`${sum('passed')} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
