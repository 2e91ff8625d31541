/** What a page of an app may be as strict as: no script but its own files, and no string ever becomes code. */
const noForeignCode = "script-src 'self'; object-src 'none'; base-uri 'none'"
/** And none becomes markup. Storybook's own panels and pages are made of strings, so only test runs are held to it. */
const noMarkup = "require-trusted-types-for 'script'; trusted-types vue default"
const isTestRun = '__vitest_browser__' in globalThis

const refused: string[] = []
let isHeld = false

/** Puts the canvas under a strict policy for the rest of its life. */
export function holdStrictPolicy(): void {
  if (isHeld) return
  isHeld = true
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    refused.push(`${violatedDirective} ${blockedURI} ${sample}`),
  )
  if (isTestRun) allowFilters()
  const meta = document.createElement('meta')
  meta.httpEquiv = 'Content-Security-Policy'
  meta.content = isTestRun ? `${noForeignCode}; ${noMarkup}` : noForeignCode
  document.head.append(meta)
}

/** Storybook's own accessibility panel draws its colour filters by a string; nothing else gets leave. */
function allowFilters(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  trustedTypes?.createPolicy('default', {
    createHTML: (text, _type, sink) =>
      sink === 'Element insertAdjacentHTML' && text.includes('id="storybook-a11y-vision-filters"')
        ? text
        : undefined,
  })
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(text: string, type: string, sink: string): string | undefined },
  ): unknown
}

/** Throws where the story did what the policy refuses. */
export function failIfRefused(): void {
  const words = refused.splice(0)
  if (words.length > 0) throw new Error(`The policy refused:\n${words.join('\n')}`)
}
