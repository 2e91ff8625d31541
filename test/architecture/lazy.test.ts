import { expect, it } from 'vitest'
import { importsOf, readSources } from './importGraph'
import type { Sources } from './importGraph'
import { resolveImport } from './layers.js'

const dynamic = /\bimport\(\s*'([^']+)'\s*\)/g
const types = /^(import|export) type [^;'"]+from '[^']+'/gm

/** What a file brings with it at once: types cost nothing, and what it loads later is not there yet. */
function staticTargets(sources: Sources, path: string): string[] {
  const text = (sources.get(path) ?? '').replace(dynamic, '').replace(types, '')
  return targets(sources, path, importsOf(path, text))
}

function lazyTargets(sources: Sources, path: string): string[] {
  const specifiers = [...(sources.get(path) ?? '').matchAll(dynamic)].map(([, specifier = '']) => specifier)
  return targets(sources, path, specifiers)
}

function targets(sources: Sources, path: string, specifiers: readonly string[]): string[] {
  return specifiers
    .filter((specifier) => specifier.startsWith('.'))
    .flatMap((specifier) => resolveImport(path, specifier, (file) => sources.has(file)) ?? [])
}

it('loads nothing at once that it means to load later', () => {
  const sources = readSources(['src'])
  const atOnce = new Set(['src/index.ts'])
  for (const path of atOnce) for (const next of staticTargets(sources, path)) atOnce.add(next)
  expect(atOnce).toContain('src/components/ChatApp/ChatApp.vue')
  const spoilt = [...atOnce].flatMap((path) =>
    lazyTargets(sources, path).flatMap((target) => (atOnce.has(target) ? [`${path}: ${target}`] : [])),
  )
  expect(spoilt).toEqual([])
})
