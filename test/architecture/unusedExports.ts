import { posix } from 'node:path'
import type { Sources } from './importGraph'

const declared = /^export (?:async )?(?:const|let|function\*?|class) (\w+)/gm
const passedOn = /^export \{([^}]+)\} from/gm
/** What apps may import is used by whoever they are; stories are there to be looked at. */
const isPublic = (path: string) =>
  /^src\/(\w+\.ts$|i18n\/(locales|errors)\/|transports\/\w+\/index\.ts$)|\.stories\.ts$/.test(path)

/** One sentence for every value that is exported and that nobody takes: types cost nothing. */
export function unusedExports(sources: Sources): string[] {
  const pathsByWord = new Map<string, string[]>()
  for (const [path, text] of sources) {
    for (const word of new Set(text.match(/\w+/g))) {
      const paths = pathsByWord.get(word)
      if (paths) paths.push(path)
      else pathsByWord.set(word, [path])
    }
  }
  const isTaken = (name: string, outside: (path: string) => boolean) =>
    pathsByWord.get(name)?.some(outside) ?? false
  return [...sources].flatMap(([path, text]) => {
    if (isPublic(path) || !path.endsWith('.ts')) return []
    const home = `${posix.dirname(path)}/`
    return [
      ...[...text.matchAll(declared)]
        .map(([, name = '']) => name)
        .filter((name) => !isTaken(name, (other) => other !== path))
        .map((name) => `${path}: nobody imports ${name}`),
      ...[...text.matchAll(passedOn)]
        .flatMap(([, names = '']) => names.split(','))
        .map((name) => name.trim().split(' as ').at(-1) ?? '')
        .filter((name) => name && !isTaken(name, (other) => !other.startsWith(home)))
        .map((name) => `${path}: nobody outside takes ${name}`),
    ]
  })
}
