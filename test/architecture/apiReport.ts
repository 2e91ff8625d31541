import { join } from 'node:path'
import { proxyCreateProgram } from '@volar/typescript'
import { createParsedCommandLine, createVueLanguagePlugin } from '@vue/language-core'
import ts from 'typescript'
import { root } from './importGraph'

/** What a Vue component class offers to those who use it, by the property of its instances. */
const componentFaces = { props: '$props', slots: '$slots' }
const offeredByEveryComponent = /node_modules[\\/](@vue|vue)[\\/]/
const typeFormat =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.WriteArrowStyleSignature |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope
const severalLines = typeFormat | ts.TypeFormatFlags.MultilineObjectLiterals

/** Loads the sources behind the doors, components included, as the type checker sees them. */
export function loadDoors(paths: readonly string[]): ts.Program {
  const { options, vueOptions } = createParsedCommandLine(ts, ts.sys, join(root, 'tsconfig.json'))
  const createProgram = proxyCreateProgram(ts, ts.createProgram, (_, { options: all }) => [
    createVueLanguagePlugin(ts, all, vueOptions, (id) => id),
  ])
  return createProgram({
    rootNames: [...paths],
    options: { ...options, configFilePath: undefined },
    host: ts.createCompilerHost(options),
  })
}

/** The report of one door: every exported name with its kind and its type, sorted, without comments. */
export function describeDoor(program: ts.Program, path: string): string {
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(path)
  const door = file && checker.getSymbolAtLocation(file)
  if (door === undefined) throw new Error(`${path} is no module`)
  return checker
    .getExportsOfModule(door)
    .map((symbol) => describeExport(checker, symbol))
    .sort()
    .join('\n')
}

function describeExport(checker: ts.TypeChecker, exported: ts.Symbol): string {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
  const described = (symbol.declarations ?? [])
    .map((declaration) => describeDeclaration(checker, symbol, declaration))
    .sort()
  return `${exported.name}\n${described.map((text) => indented(text)).join('\n')}\n`
}

function describeDeclaration(
  checker: ts.TypeChecker,
  symbol: ts.Symbol,
  declaration: ts.Declaration,
): string {
  if (ts.isInterfaceDeclaration(declaration)) return withoutComments(declaration)
  if (ts.isTypeAliasDeclaration(declaration)) return withoutComments(declaration)
  if (ts.isClassDeclaration(declaration)) return describeClass(checker, symbol)
  if (ts.isFunctionDeclaration(declaration)) {
    const signature = checker.getSignatureFromDeclaration(declaration)
    return signature ? `function ${checker.signatureToString(signature, undefined, typeFormat)}` : 'function'
  }
  const type = checker.getTypeOfSymbol(symbol)
  return describeComponent(checker, type) ?? `const: ${checker.typeToString(type, undefined, severalLines)}`
}

function describeComponent(checker: ts.TypeChecker, type: ts.Type): string | undefined {
  const instances = type.getConstructSignatures().map((signature) => signature.getReturnType())
  const instance = instances.find((each) => each.getProperty('$props') !== undefined)
  if (instance === undefined) return undefined
  const faces = Object.entries(componentFaces).flatMap(([face, property]) =>
    instances.slice(0, face === 'props' ? 1 : undefined).flatMap((each) => {
      const symbol = each.getProperty(property)
      const members = symbol ? checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol)) : []
      const lines = members.filter(isOwn).map((member) => indented(describeMember(checker, member)))
      return lines.length > 0 ? [`${face}`, ...lines.sort()] : []
    }),
  )
  return ['component', ...faces].join('\n')
}

function describeClass(checker: ts.TypeChecker, symbol: ts.Symbol): string {
  const constructors = checker.getTypeOfSymbol(symbol).getConstructSignatures()
  const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
  return [
    'class',
    ...constructors.map((each) => `  new ${checker.signatureToString(each, undefined, typeFormat)}`),
    ...members.map((member) => indented(describeMember(checker, member))).sort(),
  ].join('\n')
}

function describeMember(checker: ts.TypeChecker, member: ts.Symbol): string {
  const optional = member.flags & ts.SymbolFlags.Optional ? '?' : ''
  return `${member.name}${optional}: ${checker.typeToString(checker.getTypeOfSymbol(member), undefined, typeFormat)}`
}

function isOwn(member: ts.Symbol): boolean {
  return !member.declarations?.every((each) => offeredByEveryComponent.test(each.getSourceFile().fileName))
}

const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: true })

function withoutComments(declaration: ts.Declaration): string {
  const printed = printer.printNode(ts.EmitHint.Unspecified, declaration, declaration.getSourceFile())
  return printed.replace(/^(export )?(default )?(declare )?/, '')
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ')
}
