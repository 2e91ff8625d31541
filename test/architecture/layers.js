import { posix } from 'node:path'

/**
 * @typedef {object} Layer
 * @property {readonly string[]} layers The layers it may import besides itself.
 * @property {readonly string[]} packages The packages it may import, by their exact specifiers.
 * @property {readonly string[]} [also] Single files of other layers it may import past their doors.
 */

/**
 * The import law: who may import whom. Lint and the architecture tests both read it here. A key is a folder or
 * a file of `src`; the longest key that fits an importing file is its law.
 *
 * @type {Readonly<Record<string, Layer>>}
 */
export const layers = {
  model: { layers: [], packages: [] },
  core: { layers: ['model'], packages: [] },
  'core/text': { layers: ['model'], packages: ['linkify-it'] },
  storage: { layers: ['core', 'model'], packages: ['dexie'] },
  transports: { layers: ['core', 'model'], packages: [] },
  'transports/xmpp': { layers: ['core', 'model'], packages: ['strophe.js'] },
  'transports/embedded': { layers: ['storage', 'core', 'model'], packages: [] },
  cache: { layers: ['storage', 'core', 'model'], packages: [] },
  platform: { layers: ['core', 'model'], packages: [] },
  stores: { layers: ['core', 'model'], packages: ['vue', 'pinia'] },
  i18n: { layers: ['core', 'model'], packages: ['@intlify/core-base'] },
  styles: { layers: [], packages: [] },
  composables: {
    layers: ['stores', 'i18n', 'core', 'model'],
    packages: [
      'vue',
      '@vueuse/core',
      'pinyin-pro',
      'emojibase-data/en/compact.json',
      'emojibase-data/en/shortcodes/github.json',
      'emojibase-data/zh/compact.json',
    ],
  },
  components: {
    layers: ['composables', 'i18n', 'styles', 'model'],
    packages: ['vue', 'virtua/vue', '@vueuse/core', 'reka-ui'],
  },
  'components/Lightbox': {
    layers: ['composables', 'i18n', 'styles', 'model'],
    packages: ['vue', '@vueuse/core', '@panzoom/panzoom'],
  },
  app: {
    layers: ['composables', 'stores', 'cache', 'platform', 'transports', 'i18n', 'core', 'model'],
    packages: ['vue', 'pinia'],
  },
  'app/ingest': {
    layers: ['composables', 'stores', 'cache', 'platform', 'transports', 'i18n', 'core', 'model'],
    packages: ['vue', 'pinia'],
    also: ['stores/writers.ts'],
  },
  'index.ts': {
    layers: ['app', 'components', 'composables', 'stores', 'i18n', 'styles', 'core', 'model'],
    packages: [],
  },
  'core.ts': { layers: ['core', 'model'], packages: [] },
  'headless.ts': { layers: ['app', 'composables', 'stores', 'i18n', 'core', 'model'], packages: [] },
  testing: { layers: ['core', 'model'], packages: [] },
  'testing.ts': { layers: ['testing', 'transports', 'core', 'model'], packages: [] },
}

/** What stories and demo may import besides the public doors and their own files. */
export const outside = {
  folders: ['stories', 'demo'],
  packages: [
    'vue',
    'pinia',
    'storybook/test',
    'storybook/preview-api',
    '@storybook/vue3-vite',
    '@storybook/addon-docs/blocks',
  ],
  /** Their tool configurations are not part of what they show. */
  exempt: /(^|\/)(\.storybook\/|vite\.config\.ts$|uni-app\/|servers\/|xmpp\.mjs$)/,
}

/** Layers whose subfolders are units, each with a door of its own. Folders further in are a unit's own affair. */
const layersOfUnits = ['core', 'transports', 'platform', 'components']

const extensions = ['', '.ts', '.vue', '.js', '.mjs', '/index.ts', '/index.css']

/**
 * Why a file may not import something, or undefined where it may.
 *
 * @param {string} from The importing file, from the project root: `src/core/text/escape.ts`.
 * @param {string} specifier What stands in the import.
 * @param {(path: string) => boolean} isFile Whether a path from the project root is a file.
 * @returns {string | undefined}
 */
export function whyForbidden(from, specifier, isFile) {
  const zone = from.split('/')[0] ?? ''
  if (outside.folders.includes(zone)) return whyForbiddenOutside(from, specifier)
  if (zone !== 'src') return undefined
  const law = lawOf(from)
  if (law === undefined) return `${from} is in no layer of test/architecture/layers.js`
  const bare = specifier.replace(/\?.*$/, '')
  if (!bare.startsWith('.')) {
    return law.packages.includes(bare) ? undefined : `${law.name} may not import the package '${bare}'`
  }
  const to = resolveImport(from, bare, isFile)
  if (to === undefined) return `'${specifier}' is no file`
  if (!to.startsWith('src/')) return `src may not import '${to}'`
  return whyWrongLayer(law, to) ?? whyWrongDoor(from, law, to)
}

/**
 * The file a relative import means.
 *
 * @param {string} from
 * @param {string} specifier
 * @param {(path: string) => boolean} isFile
 * @returns {string | undefined}
 */
export function resolveImport(from, specifier, isFile) {
  const path = posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''))
  return extensions.map((extension) => path + extension).find(isFile)
}

/**
 * @param {string} from
 * @returns {(Layer & { name: string }) | undefined}
 */
function lawOf(from) {
  const inside = from.replace(/^src\//, '')
  const name = Object.keys(layers)
    .filter((key) => inside === key || inside === `${key}.ts` || inside.startsWith(`${key}/`))
    .sort((a, b) => b.length - a.length)[0]
  const law = name === undefined ? undefined : layers[name]
  return name === undefined || law === undefined ? undefined : { ...law, name }
}

/**
 * @param {Layer & { name: string }} law
 * @param {string} to
 * @returns {string | undefined}
 */
function whyWrongLayer(law, to) {
  const target = to.split('/')[1] ?? ''
  if (target === law.name.split('/')[0] || law.layers.includes(target)) return undefined
  return `${law.name} may not import ${target}`
}

/**
 * @param {string} from
 * @param {Layer} law
 * @param {string} to
 * @returns {string | undefined}
 */
function whyWrongDoor(from, law, to) {
  if (law.also?.includes(to.replace(/^src\//, ''))) return undefined
  const folder = posix.dirname(to)
  if (isDoor(to) && from.startsWith(`${folder}/`)) return `${from} imports its own door ${to}`
  if (to === 'src/stores/writers.ts' || to.startsWith('src/stores/writers/')) {
    return from.startsWith('src/stores/') ? undefined : 'only app/ingest may import stores/writers'
  }
  const entered = foldersEntered(from, to).find(isUnit)
  if (entered === undefined || isDoorWithin(to, entered)) return undefined
  return `${to} is behind the door of ${entered}`
}

/**
 * The folders of `to`, outermost first, that `from` is not in.
 *
 * @param {string} from
 * @param {string} to
 */
function foldersEntered(from, to) {
  const segments = posix.dirname(to).split('/')
  return segments
    .map((_, index) => segments.slice(0, index + 1).join('/'))
    .filter((path) => !from.startsWith(`${path}/`))
}

/** @param {string} path */
function isUnit(path) {
  const [, layer, unit, deeper] = path.split('/')
  if (layer === undefined || deeper !== undefined) return false
  return unit === undefined || layersOfUnits.includes(layer)
}

/** @param {string} path */
function isDoor(path) {
  return /^index\.(ts|css)$/.test(posix.basename(path))
}

/**
 * @param {string} to
 * @param {string} entered
 */
function isDoorWithin(to, entered) {
  const folder = posix.dirname(to)
  return isDoor(to) && (folder === entered || (posix.dirname(folder) === entered && isUnit(folder)))
}

/**
 * @param {string} from
 * @param {string} specifier
 * @returns {string | undefined}
 */
function whyForbiddenOutside(from, specifier) {
  if (outside.exempt.test(from)) return undefined
  const zone = from.split('/')[0] ?? ''
  if (specifier.startsWith('.')) {
    const to = posix.join(posix.dirname(from), specifier)
    return to.startsWith(`${zone}/`) ? undefined : `${zone} may import the public doors only, not '${to}'`
  }
  const isAllowed = /^vue-parley(\/|$)/.test(specifier) || outside.packages.includes(specifier)
  return isAllowed ? undefined : `${zone} may not import the package '${specifier}'`
}
