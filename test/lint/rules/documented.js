const namesThatPromise = /(Props|Emits|Slots|Options)$/
const macrosThatPromise = new Set(['defineProps', 'defineEmits', 'defineSlots'])
const declarations = new Set([
  'ClassDeclaration',
  'FunctionDeclaration',
  'TSDeclareFunction',
  'TSEnumDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'VariableDeclaration',
])

/**
 * Everything exported, and every prop, emit, slot and option, says in a doc comment what it is.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const documented = {
  meta: {
    type: 'suggestion',
    docs: { description: 'what others may use has a doc comment' },
    schema: [],
    messages: {
      exported: "'{{name}}' is exported and needs a doc comment.",
      member: "'{{name}}' is a prop, emit, slot or option and needs a doc comment.",
    },
  },
  create(context) {
    const source = context.sourceCode
    const documentedOverloads = new Set()

    function isDocumented(node) {
      const comment = source.getCommentsBefore(node).at(-1)
      if (comment?.type !== 'Block' || !comment.value.startsWith('*')) return false
      return comment.value.replace(/^\s*\*|\s*@\w+/gm, '').trim() !== ''
    }

    function checkExported(declaration, statement) {
      if (!declarations.has(declaration.type)) return
      const name = nameOf(declaration)
      if (isDocumented(statement)) documentedOverloads.add(name)
      else if (!documentedOverloads.has(name)) {
        context.report({ node: declaration, messageId: 'exported', data: { name } })
      }
    }

    function checkMembers(members) {
      const documentedMembers = new Set()
      for (const member of members) {
        const name = member.key ? source.getText(member.key) : source.getText(member).split('\n')[0]
        if (isDocumented(member)) documentedMembers.add(name)
        else if (!documentedMembers.has(name)) {
          context.report({ node: member, messageId: 'member', data: { name } })
        }
      }
    }

    return {
      ExportNamedDeclaration(node) {
        if (node.declaration) checkExported(node.declaration, node)
        else if (!node.source) node.specifiers.forEach((specifier) => checkLocal(specifier.local.name, node))
      },
      ExportDefaultDeclaration(node) {
        if (node.declaration.type === 'Identifier') checkLocal(node.declaration.name, node)
        else if (!isDocumented(node)) {
          context.report({ node, messageId: 'exported', data: { name: 'default' } })
        }
      },
      TSInterfaceDeclaration(node) {
        if (namesThatPromise.test(node.id.name)) checkMembers(node.body.body)
      },
      TSTypeAliasDeclaration(node) {
        if (namesThatPromise.test(node.id.name)) literalsIn(node.typeAnnotation).forEach(checkMembers)
      },
      CallExpression(node) {
        if (node.callee.type !== 'Identifier' || !macrosThatPromise.has(node.callee.name)) return
        node.typeArguments?.params.flatMap(literalsIn).forEach(checkMembers)
      },
    }

    function checkLocal(name, node) {
      const statements = source.ast.body
      const declaration = statements.find(
        (statement) => declarations.has(statement.type) && nameOf(statement) === name,
      )
      if (declaration) checkExported(declaration, isDocumented(node) ? node : declaration)
    }
  },
}

function nameOf(declaration) {
  if (declaration.type !== 'VariableDeclaration') return declaration.id?.name ?? 'default'
  return declaration.declarations.map((each) => each.id.name ?? '').join(', ')
}

/** The member lists written out in a type, alone or within an intersection or a union. */
function literalsIn(type) {
  if (type.type === 'TSTypeLiteral') return [type.members]
  return (type.types ?? []).flatMap(literalsIn)
}
