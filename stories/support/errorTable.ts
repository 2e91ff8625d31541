import { computed, defineComponent, h, ref } from 'vue'
import { errorCatalogue } from 'vue-parley/core'
import type { ErrorInfo } from 'vue-parley/core'
import english from 'vue-parley/errors/en'
import chinese from 'vue-parley/errors/zh-CN'
import en from 'vue-parley/locales/en'
import zhCN from 'vue-parley/locales/zh-CN'

/** One line of the table: all there is to read and to search. */
interface Line {
  readonly name: string
  readonly cells: readonly string[]
  readonly text: string
}

const heads = [
  'Domain',
  'Code',
  'Area',
  'What happened',
  '发生了什么',
  'What to do',
  '该怎么办',
  'Who',
  'Retry',
]
const tries = { never: 'no', later: 'by itself, later', 'after-sign-in': 'after signing in' } as const

/** What every language carries for the first moments stands with its other words, under names in one word. */
function carried(meaning: string, codes: Readonly<Record<string, string>>): string {
  return codes[meaning.replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase())] ?? ''
}

function lineOf(info: ErrorInfo): Line {
  const { domain, code, area, meaning, whatToDo, audience, retry, effect } = info
  const cells = [
    domain,
    String(code),
    area,
    english.means[meaning] ?? carried(meaning, en.messages.errors.codes),
    chinese.means[meaning] ?? carried(meaning, zhCN.messages.errors.codes),
    english.toDo[whatToDo],
    chinese.toDo[whatToDo],
    audience,
    effect === 'unknown' ? `${tries[retry]}, once it is known that it did not arrive` : tries[retry],
  ]
  return { name: `${domain} ${code}`, cells, text: cells.join('\n').toLowerCase() }
}

/** All at once is a long table; it is drawn when somebody wants it. */
const firstRows = 60

const style = `
.errors { font: 14px/1.5 system-ui, sans-serif; color: #1c2430; background: #fff; padding: 4px }
.errors input { box-sizing: border-box; width: 100%; padding: 8px 12px; font: inherit; color: inherit; background: #fff; border: 1px solid #8a94a3; border-radius: 8px }
.errors button { margin-block-start: 8px; padding: 8px 14px; font: inherit; color: inherit; background: #f3f5f8; border: 1px solid #8a94a3; border-radius: 8px; cursor: pointer }
.errors p { margin: 8px 2px; color: #4b5563 }
.errors div { max-block-size: 560px; overflow: auto; border: 1px solid #d5dae1; border-radius: 8px }
.errors table { border-collapse: collapse; width: 100%; min-inline-size: 1080px }
.errors th, .errors td { padding: 6px 10px; text-align: start; vertical-align: top; border-block-end: 1px solid #e6e9ee }
.errors thead th { position: sticky; inset-block-start: 0; background: #f3f5f8; font-weight: 600; white-space: nowrap }
.errors tbody th { font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums }
.errors td:nth-child(1), .errors td:nth-child(3) { white-space: nowrap }
`

/** Every code of the catalogue with its words in both languages, and a field to search them. */
export const ErrorTable = defineComponent({
  name: 'ErrorTable',
  setup() {
    const lines = errorCatalogue().map(lineOf)
    const wanted = ref('')
    const isWhole = ref(false)
    const found = computed(() => {
      const words = wanted.value.toLowerCase().split(/\s+/u).filter(Boolean)
      return lines.filter(({ cells, text }) =>
        // A number is a whole code, not a piece of one.
        words.every((word) => (/^-?\d+$/u.test(word) ? cells[1] === word : text.includes(word))),
      )
    })
    const shown = computed(() => (isWhole.value ? found.value : found.value.slice(0, firstRows)))
    const field = () =>
      h('input', {
        type: 'search',
        'aria-label': 'Search the codes',
        placeholder: '10017, wildfire, muted, 禁言 …',
        onInput: (event: Event) => (wanted.value = (event.target as HTMLInputElement).value),
      })
    const row = ({ name, cells }: Line) =>
      h(
        'tr',
        { key: name },
        cells.map((cell, index) =>
          index === 1
            ? h('th', { scope: 'row' }, cell)
            : h('td', index === 4 || index === 6 ? { lang: 'zh-CN' } : {}, cell),
        ),
      )
    return () =>
      h('section', { class: 'errors', 'aria-label': 'Codes' }, [
        h('style', style),
        field(),
        h('p', { role: 'status' }, `${found.value.length} of ${lines.length} codes`),
        h('div', { tabindex: 0, role: 'region', 'aria-label': 'Table of codes' }, [
          h('table', [
            h(
              'thead',
              h(
                'tr',
                heads.map((head) => h('th', { scope: 'col' }, head)),
              ),
            ),
            h('tbody', shown.value.map(row)),
          ]),
        ]),
        shown.value.length < found.value.length &&
          h('button', { type: 'button', onClick: () => (isWhole.value = true) }, 'Show all of them'),
      ])
  },
})
