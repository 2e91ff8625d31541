import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import { root } from './importGraph'

// Planted files are not on the disk, so the rules that need type information stay out.
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: 'test/lint/eslint.config.js',
  overrideConfig: [tseslint.configs.disableTypeChecked],
})

async function rulesBroken(filePath: string, text: string): Promise<string[]> {
  const results = await eslint.lintText(text, { filePath, warnIgnored: true })
  return results.flatMap((result) => result.messages.map((message) => message.ruleId ?? message.message))
}

function component(script: string, template = '<p />'): string {
  return `<script setup lang="ts">\n${script}\n</script>\n\n<template>\n  ${template}\n</template>\n`
}

const syntax = 'no-restricted-syntax'
const law = 'parley/import-law'
const documented = 'parley/documented'

describe('lint', { timeout: 60_000 }, () => {
  it.each([
    ['a wrong layer', 'src/model/planted.ts', "import '../core/ports'", law],
    ['a wrong layer in an import type', 'src/model/planted.ts', "let _x: import('../core/ports').Clock", law],
    ['a wrong package', 'src/core/planted.ts', "import 'vue'", law],
    ['the own door', 'src/model/planted.ts', "import './index'", law],
    ['another unit past its door', 'src/core/planted.ts', "import '../model/json'", law],
    ['Date.now in core', 'src/core/planted.ts', 'Date.now()', syntax],
    ['new Date() in core', 'src/core/planted.ts', 'new Date()', syntax],
    ['Math.random in the model', 'src/model/planted.ts', 'Math.random()', syntax],
    ['setTimeout in core', 'src/core/planted.ts', 'setTimeout(() => 1, 0)', syntax],
    ['setInterval by another road', 'src/core/planted.ts', 'globalThis.setInterval(() => 1, 0)', syntax],
    ['innerHTML', 'demo/planted.ts', "document.body.innerHTML = ''", syntax],
    ['innerHTML by name', 'demo/planted.ts', "document.body['innerHTML'] = ''", syntax],
    ['innerHTML as a property', 'demo/planted.ts', "h('p', { innerHTML: '' })", syntax],
    ['insertAdjacentHTML', 'src/app/planted.ts', "document.body.insertAdjacentHTML('beforeend', '')", syntax],
    ['outerHTML', 'src/app/planted.ts', "document.body.outerHTML = ''", syntax],
    ['document.write', 'src/app/planted.ts', "document.write('')", syntax],
    ['a test that is skipped', 'test/planted.test.ts', "it.skip('x', () => {})", syntax],
    ['a test that runs alone', 'test/planted.test.ts', "describe.only('x', () => {})", syntax],
    ['a test that runs alone with rows', 'test/planted.test.ts', "it.only.each([1])('x', () => {})", syntax],
    ['a test that waits to be written', 'test/planted.test.ts', "it.concurrent.todo('x')", syntax],
    ['an export without a doc comment', 'src/core/planted.ts', 'export const x = 1', documented],
    [
      'a prop without a doc comment',
      'src/components/Planted/PlantedRoot.vue',
      component('defineProps<{ label: string }>()'),
      documented,
    ],
    [
      'a wrong layer in a component',
      'src/components/Planted/PlantedRoot.vue',
      component("import '../../core/ports'"),
      law,
    ],
    [
      'v-html',
      'src/components/Planted/PlantedRoot.vue',
      component('const x = 1', '<p v-html="x" />'),
      'vue/no-v-html',
    ],
    [
      'a bound innerHTML',
      'src/components/Planted/PlantedRoot.vue',
      component('const x = 1', '<p :innerHTML="x" />'),
      'vue/no-restricted-v-bind',
    ],
    [
      'a bound innerHTML in kebab case',
      'src/components/Planted/PlantedRoot.vue',
      component('const x = 1', '<p .inner-h-t-m-l="x" />'),
      'vue/no-restricted-v-bind',
    ],
    [
      'raw HTML in a handler',
      'stories/components/Planted.vue',
      component('const x = 1', '<p @click="$event.target.innerHTML = x" />'),
      'vue/no-restricted-syntax',
    ],
    ['console in the kit', 'src/app/planted.ts', 'console.log(1)', 'no-console'],
  ])('catches %s', async (_, path, text, rule) => {
    expect(await rulesBroken(path, text)).toContain(rule)
  })

  it.each([
    [
      'src/core/planted.ts',
      "import type { Json } from '../model'\n\n/** A fact. */\nexport const x: Json = 1\n",
    ],
    ['src/app/planted.ts', '/** The device time. */\nexport const now = () => Date.now()\n'],
    ['src/core/planted.ts', '/** A date of old. */\nexport const then = new Date(0)\n'],
    [
      'src/components/Planted/PlantedRoot.vue',
      component('defineProps<{\n  /** What it says. */\n  label: string\n}>()', '<p>{{ label }}</p>'),
    ],
  ])('is content with good code in %s', async (path, text) => {
    expect(await rulesBroken(path, text)).toEqual([])
  })
})
