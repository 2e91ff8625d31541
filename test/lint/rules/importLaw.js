import { statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { whyForbidden } from '../../architecture/layers.js'

/**
 * Asks the table of layers about every import, re-export, dynamic import and import type.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const importLaw = {
  meta: {
    type: 'problem',
    docs: { description: 'a file imports only what its layer may' },
    schema: [],
    messages: { forbidden: '{{why}} (see test/architecture/layers.js).' },
  },
  create(context) {
    const from = relative(context.cwd, context.filename).split(sep).join('/')
    const isFile = (path) => statSync(join(context.cwd, path), { throwIfNoEntry: false })?.isFile() ?? false

    function check(node, source) {
      if (typeof source?.value !== 'string') return
      const why = whyForbidden(from, source.value, isFile)
      if (why !== undefined) context.report({ node, messageId: 'forbidden', data: { why } })
    }

    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal),
    }
  },
}
