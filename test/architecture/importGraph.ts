import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'
import { resolveImport, whyForbidden } from './layers.js'

/** Source files by their path from the project root: the real tree, or one made up by a test. */
export type Sources = ReadonlyMap<string, string>

/** The project's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Reads every module, component and asset below the given folders; a folder that is not there has none. */
export function readSources(folders: readonly string[]): Sources {
  const paths = folders.flatMap(filesBelow).filter((path) => /\.(ts|vue|js|mjs|css|json|svg)$/.test(path))
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
      .sort()
  } catch {
    return []
  }
}

/** Everything a file imports, however it does so: types, re-exports and dynamic imports count. */
export function importsOf(path: string, text: string): string[] {
  if (!/\.(ts|vue|js|mjs)$/.test(path)) return []
  return ts
    .preProcessFile(path.endsWith('.vue') ? scriptsOf(text) : text, true, true)
    .importedFiles.map((imported) => imported.fileName)
}

function scriptsOf(component: string): string {
  const { script, scriptSetup } = parse(component).descriptor
  return [script?.content, scriptSetup?.content].join('\n')
}

/** One sentence for every import that breaks the import law. */
export function brokenLaws(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) =>
    importsOf(path, text).flatMap((specifier) => {
      const why = whyForbidden(path, specifier, (file) => sources.has(file))
      return why === undefined ? [] : [`${path} imports '${specifier}': ${why}`]
    }),
  )
}

/** Every knot of files that import each other in a circle, sorted. */
export function importCycles(sources: Sources): string[][] {
  const targets = new Map(
    [...sources].map(([path, text]) => [
      path,
      importsOf(path, text)
        .filter((specifier) => specifier.startsWith('.'))
        .flatMap((specifier) => resolveImport(path, specifier, (file) => sources.has(file)) ?? []),
    ]),
  )
  const reached = new Map([...targets.keys()].map((path) => [path, reachableFrom(path, targets)]))
  const knots = [...reached]
    .filter(([path, files]) => files.has(path))
    .map(([path, files]) =>
      [...files]
        .filter((file) => reached.get(file)?.has(path))
        .sort()
        .join(' '),
    )
  return [...new Set(knots)].sort().map((knot) => knot.split(' '))
}

function reachableFrom(start: string, targets: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>()
  const waiting = [...(targets.get(start) ?? [])]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    waiting.push(...(targets.get(path) ?? []))
  }
  return reached
}
