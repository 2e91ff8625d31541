/** The policy of the demo, for a page that is open already: only the test runner's own lines are let through besides. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types vue',
].join('; ')

/** What the page reported since the policy holds. */
export interface PolicyReports {
  /** One line for each thing the policy refused. */
  readonly refused: readonly string[]
  /** Everything that ran although it must not. */
  readonly ran: readonly string[]
}

/** Puts the page under the policy for the rest of its life, and listens for what breaks it and for what runs. */
export function holdStrictPolicy(): PolicyReports {
  const refused: string[] = []
  const ran: string[] = []
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
    refused.push(`${violatedDirective} ${blockedURI} ${sample}`)
  })
  for (const name of ['run', 'alert', 'confirm', 'prompt', 'open', 'print']) {
    Object.assign(window, { [name]: () => void ran.push(name) })
  }
  const meta = document.createElement('meta')
  meta.httpEquiv = 'Content-Security-Policy'
  meta.content = policy
  document.head.append(meta)
  return { refused, ran }
}
