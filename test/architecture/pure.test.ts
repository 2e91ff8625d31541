import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { root } from './importGraph'

const config = join(root, 'test/architecture/tsconfig.pure.json')
const { fileNames, options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config,
  ts.sys,
  join(config, '..'),
)

/** The complaints of the compiler about model and core, with one more file planted where a test gives its text. */
function complaints(planted?: string): string[] {
  const host = ts.createCompilerHost(options)
  const plantedPath = join(root, 'src/core/planted.ts')
  const readFile = host.readFile.bind(host)
  const fileExists = host.fileExists.bind(host)
  host.fileExists = (path) => (planted !== undefined && path === plantedPath) || fileExists(path)
  host.readFile = (path) => (planted !== undefined && path === plantedPath ? planted : readFile(path))
  const names = planted === undefined ? fileNames : [plantedPath]
  const program = ts.createProgram(names, options, host)
  return ts
    .getPreEmitDiagnostics(program)
    .map((each) => `${each.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(each.messageText, '\n')}`)
}

describe('model and core', { timeout: 60_000 }, () => {
  it('compile without a DOM, without Node and without any ambient type', () => {
    expect(fileNames.length).toBeGreaterThan(20)
    expect(complaints()).toEqual([])
  })

  it.each([
    'document',
    'window',
    'fetch',
    'setTimeout',
    'console',
    'crypto',
    'process',
    'URL',
    'AbortSignal',
  ])('would not compile with %s', (name) => {
    expect(complaints(`export const planted = ${name}`)).toEqual([
      expect.stringContaining(`Cannot find name '${name}'`),
    ])
  })
})
