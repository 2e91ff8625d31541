import { defineConfig } from 'eslint/config'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import { documented } from './rules/documented.js'
import { importLaw } from './rules/importLaw.js'

const parley = { rules: { documented, 'import-law': importLaw } }

const htmlSinks = '/^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|srcdoc)$/'
const rawHtml = [
  {
    selector: `MemberExpression:matches([property.name=${htmlSinks}], [property.value=${htmlSinks}])`,
    message: 'Text is shown by Vue interpolation; no string ever becomes HTML.',
  },
  {
    selector: `Property:matches([key.name=${htmlSinks}], [key.value=${htmlSinks}])`,
    message: 'Text is shown by Vue interpolation; no string ever becomes HTML.',
  },
  {
    selector: 'CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]',
    message: 'Text is shown by Vue interpolation; no string ever becomes HTML.',
  },
  {
    selector: 'CallExpression[callee.name="eval"], NewExpression[callee.name="Function"]',
    message: 'No string ever becomes code.',
  },
]

const ownTimeAndChance = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
    message: 'The time comes from the Clock port.',
  },
  {
    selector:
      'MemberExpression[object.name="Date"][property.name="now"], MemberExpression[object.name="performance"]',
    message: 'The time comes from the Clock port.',
  },
  {
    selector:
      'MemberExpression[object.name="Math"][property.name="random"], MemberExpression[object.name="crypto"]',
    message: 'Chance comes from the IdSource port.',
  },
  {
    selector: 'Identifier[name=/^(setTimeout|setInterval|setImmediate|queueMicrotask|globalThis)$/]',
    message: 'Waiting goes through the Clock port.',
  },
]

const narrowedTests = [
  {
    selector:
      'MemberExpression[property.name=/^(skip|only|todo|fails|skipIf|runIf)$/]:matches([object.name=/^(it|test|describe|suite|bench)$/], [object.object.name=/^(it|test|describe|suite|bench)$/])',
    message: 'Every test runs, every time.',
  },
  {
    selector: 'CallExpression[callee.name=/^(fit|fdescribe|xit|xtest|xdescribe)$/]',
    message: 'Every test runs, every time.',
  },
]

export default defineConfig(
  { ignores: ['dist/', 'coverage/', '.cache/', 'demo/uni-app/', '**/*.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strict,
  vue.configs['flat/recommended'],
  vue.configs['no-layout-rules'],
  { files: ['**/*.{ts,js,mjs}'], languageOptions: { parser: tseslint.parser } },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script:not([setup])', 'script[setup]', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/component-name-in-template-casing': ['error', 'PascalCase'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/enforce-style-attribute': ['error', { allow: ['scoped'] }],
      'vue/multi-word-component-names': 'off',
      'vue/no-unused-refs': 'error',
      'vue/no-restricted-syntax': ['error', ...rawHtml],
      'vue/no-restricted-v-bind': ['error', htmlSinks, '/^(inner|outer)-h-t-m-l$/'],
      'vue/no-v-html': 'error',
      'vue/no-v-text': 'error',
      // An optional prop that is absent is undefined, as its type says.
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['**/*.{ts,vue,js,mjs}'],
    plugins: { parley },
    rules: {
      eqeqeq: 'error',
      'no-constant-condition': 'error',
      'no-control-regex': 'error',
      'no-debugger': 'error',
      'no-empty': 'error',
      'no-misleading-character-class': 'error',
      'no-self-assign': 'error',
      'no-self-compare': 'error',
      'no-sparse-arrays': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-restricted-syntax': ['error', ...rawHtml],
      'parley/import-law': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      // A table from intents to their results says void where there is none.
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    rules: { 'no-console': 'error', 'parley/documented': 'error' },
  },
  {
    // The logger an app gets when it brings none writes to the console: that is what it is for.
    files: ['src/app/logger.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // Type information is dear, so only the rules that earn it are asked for, and only of plain modules.
    files: ['src/**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname + '/../..' },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },
  {
    files: ['src/model/**/*.ts', 'src/core/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...rawHtml, ...ownTimeAndChance] },
  },
  {
    files: ['test/**/*.test.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...rawHtml, ...narrowedTests],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
)
