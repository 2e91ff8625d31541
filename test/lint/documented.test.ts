import { RuleTester } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, it } from 'vitest'
import { documented } from './rules/documented.js'

RuleTester.describe = describe
RuleTester.it = it

const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } })

tester.run('documented', documented, {
  valid: [
    'const secret = 1',
    'interface Secret { name: string }',
    "export { x } from './x'",
    '/** A sentence. */\nexport const x = 1',
    '/** A sentence. */\nexport type X = { name: string }',
    '/** A sentence. */\nexport default { name: 1 }',
    '/** A sentence. */\nconst x = 1\nexport { x }',
    '/** A sentence. */\nconst x = 1\nexport default x',
    '/** A sentence. */\nexport function x(a: string): void\nexport function x(a: number): void\nexport function x() {}',
    '/** A sentence. */\nexport interface XProps {\n  /** A sentence. */\n  name: string\n}',
    'interface XEmits {\n  /** A sentence. */\n  send: [text: string]\n}',
  ],
  invalid: [
    { code: 'export const x = 1', errors: [{ messageId: 'exported', data: { name: 'x' } }] },
    { code: '// A sentence.\nexport function x() {}', errors: [{ messageId: 'exported' }] },
    { code: '/* A sentence. */\nexport class X {}', errors: [{ messageId: 'exported' }] },
    { code: '/** */\nexport interface X { name: string }', errors: [{ messageId: 'exported' }] },
    { code: '/** @internal */\nexport type X = 1', errors: [{ messageId: 'exported' }] },
    { code: 'export default { name: 1 }', errors: [{ messageId: 'exported' }] },
    { code: 'const x = 1\nexport { x }', errors: [{ messageId: 'exported', data: { name: 'x' } }] },
    { code: 'const x = 1\nexport default x', errors: [{ messageId: 'exported', data: { name: 'x' } }] },
    { code: 'interface XProps { name: string }', errors: [{ messageId: 'member', data: { name: 'name' } }] },
    { code: 'type XOptions = Base & { name: string }', errors: [{ messageId: 'member' }] },
    { code: 'interface XSlots { default(): unknown }', errors: [{ messageId: 'member' }] },
    { code: "interface XEmits { (event: 'send'): void }", errors: [{ messageId: 'member' }] },
    { code: 'defineProps<{ name: string }>()', errors: [{ messageId: 'member' }] },
    { code: 'withDefaults(defineProps<{ name: string }>(), {})', errors: [{ messageId: 'member' }] },
    { code: 'defineEmits<{ send: [text: string] }>()', errors: [{ messageId: 'member' }] },
  ],
})
