import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogueError, errorCatalogue, errorInfo } from '../../../src/core/errors'
import { ChatError } from '../../../src/model'
import vendors from './vendorCodes.json' with { type: 'json' }

const codesOf = (domain: string) =>
  errorCatalogue()
    .filter((info) => info.domain === domain)
    .map(({ code }) => code)
const numbers = (codes: readonly (number | string)[]) => codes.map(Number).sort((a, b) => a - b)
const sorted = (codes: Iterable<number | string>) => [...codes].map(String).sort()

describe('the catalogue', () => {
  it('has every code of the first vendor, and none that it did not publish', () => {
    const { codes, client, elsewhere } = vendors.tencent
    expect(codes).toHaveLength(431)
    expect(numbers(codesOf('tencent'))).toEqual(numbers([...new Set([...codes, ...client, ...elsewhere])]))
  })

  it('has every code of the second, and none that it did not publish', () => {
    expect(numbers(codesOf('leancloud'))).toEqual(numbers(vendors.leancloud))
  })

  it('has the codes of the third, answers and connection states', () => {
    const answers = [
      1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 30,
    ]
    const others = [60, 61, 70, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 220, 225, 236, 237, 238, 239]
    const late = [240, 241, 242, 243, 244, 245, 246, 247, 248, 249, 250, 251, 253, 254]
    const states = [-9, -8, -7, -6, -5, -4, -3, -2, -1]
    expect(numbers(codesOf('wildfire'))).toEqual(numbers([...states, ...answers, ...others, ...late]))
  })

  it('has every condition of RFC 6120 by its name', () => {
    const stanza =
      'bad-request conflict feature-not-implemented forbidden gone internal-server-error item-not-found ' +
      'jid-malformed not-acceptable not-allowed not-authorized policy-violation recipient-unavailable redirect ' +
      'registration-required remote-server-not-found remote-server-timeout resource-constraint ' +
      'service-unavailable subscription-required undefined-condition unexpected-request payment-required'
    const stream =
      'bad-format bad-namespace-prefix conflict connection-timeout host-gone host-unknown improper-addressing ' +
      'internal-server-error invalid-from invalid-namespace invalid-xml not-authorized not-well-formed ' +
      'policy-violation remote-connection-failed reset resource-constraint restricted-xml see-other-host ' +
      'system-shutdown undefined-condition unsupported-encoding unsupported-feature unsupported-stanza-type ' +
      'unsupported-version invalid-id'
    const sasl =
      'aborted account-disabled credentials-expired encryption-required incorrect-encoding invalid-authzid ' +
      'invalid-mechanism malformed-request mechanism-too-weak not-authorized temporary-auth-failure'
    const named = new Set(`${stanza} ${stream} ${sasl}`.split(' '))
    const conditions = codesOf('xmpp').filter((code) => !String(code).startsWith('http-'))
    expect(sorted(conditions)).toEqual(sorted(named))
  })

  it('has every code that the sources of the kit give, and no other', () => {
    const given = new Set(
      sourcesOf('src').flatMap((text) =>
        [...text.matchAll(/(?:\bparley\(|catalogueError\(\s*'parley',\s*|\bfailure\()'([a-z-]+)'/gu)].map(
          ([, code]) => code ?? '',
        ),
      ),
    )
    const made = sourcesOf('src').flatMap((text) =>
      [...text.matchAll(/new ChatError\(\s*\{\s*code: '([a-z-]+)'/gu)].map(([, code]) => code ?? ''),
    )
    const byState = ['offline', 'refused', 'banned', 'kicked', 'credentials-needed', 'unreadable-error']
    expect(sorted(new Set([...given, ...made, ...byState]))).toEqual(sorted(codesOf('parley')))
  })

  it('has each code once in a domain', () => {
    const names = errorCatalogue().map(({ domain, code }) => `${domain} ${code}`)
    expect(names).toHaveLength(new Set(names).size)
  })

  it('says of nothing that it may be tried later and that it is done', () => {
    const odd = errorCatalogue().filter(
      ({ kind, retry, whatToDo }) => retry === 'later' && kind === 'already-done' && whatToDo !== 'wait',
    )
    expect(odd).toEqual([])
  })

  it('leads every code that wants a sign-in there', () => {
    const ways = new Set(
      errorCatalogue()
        .filter(({ retry }) => retry === 'after-sign-in')
        .map(({ kind }) => kind),
    )
    expect([...ways].sort()).toEqual(['signed-out', 'timeout'])
  })
})

describe('a look-up', () => {
  it('takes a code as a number or as text', () => {
    expect(errorInfo('tencent', '10017')).toBe(errorInfo('tencent', 10017))
    expect(errorInfo('tencent', 10017)?.meaning).toBe('muted-in-group')
  })

  it('knows no code of another domain, and nothing that objects bring along', () => {
    expect(errorInfo('leancloud', 10017)).toBeUndefined()
    for (const code of ['constructor', '__proto__', 'toString', '', Number.NaN, 1.5]) {
      expect(errorInfo('tencent', code)).toBeUndefined()
    }
  })

  it('finds in one step, in a table made once: the same object each time, wherever the code stands', () => {
    const all = errorCatalogue()
    const found = all.map(({ domain, code }) => errorInfo(domain, code))
    expect(found).toEqual(all)
    expect(all.every(({ domain, code }, index) => errorInfo(domain, code) === found[index])).toBe(true)
  })

  it("knows the codes of the app's own server by their range", () => {
    for (const code of [120_001, 125_000, 130_000]) {
      expect(errorInfo('tencent', code)).toMatchObject({ code, whatToDo: 'app-words', retry: 'never' })
    }
    for (const code of [120_000, 130_001, 120_001.5]) expect(errorInfo('tencent', code)).toBeUndefined()
    expect(errorInfo('wildfire', 125_000)).toBeUndefined()
  })

  it.each([
    [30001, undefined, 'contact-call-wrong'],
    [30001, 'contacts.ask', 'friends-already'],
    [30001, 'contacts.remove', 'no-friend-to-remove'],
    [30001, 'contacts.update', 'not-in-own-contacts'],
    [30001, 'contacts.setBlocked', 'blocklist-as-wished'],
    [6013, undefined, 'not-ready'],
    [6013, 'messages.send', 'not-signed-in'],
    [6010, undefined, 'file-address-failed'],
    [6010, 'files.resolve', 'file-expired'],
    [6012, undefined, 'request-timeout'],
    [6012, 'connect', 'sign-in-timeout'],
    [10007, 'groups.kick', 'no-right-in-group'],
    [10007, 'messages.send', 'not-in-group'],
    [1002, 'connect', 'kicked-by-device'],
  ] as const)('tells the causes of %i apart after %s', (code, operation, meaning) => {
    expect(errorInfo('tencent', code, { operation })?.meaning).toBe(meaning)
  })
})

describe('an error made from a code', () => {
  it('is what the catalogue says', () => {
    const error = catalogueError('tencent', 9520)
    expect(error).toBeInstanceOf(ChatError)
    expect(error).toMatchObject({
      domain: 'tencent',
      code: 9520,
      kind: 'timeout',
      effect: 'unknown',
      retry: 'later',
    })
  })

  it('takes what the one case adds, and its cause', () => {
    const cause = new Error('line')
    const error = catalogueError('tencent', 10017, { untilAt: 5, cause }, 'muted by ada')
    expect(error).toMatchObject({ kind: 'muted', untilAt: 5, cause, message: 'muted by ada' })
    expect(catalogueError('tencent', 10007, { operation: 'messages.send' }).kind).toBe('not-member')
    expect(catalogueError('tencent', 10007, { kind: 'not-found' }).kind).toBe('not-found')
  })

  it('says of a code nobody knows that a developer must look', () => {
    expect(catalogueError('tencent', 99_999)).toMatchObject({
      kind: 'other',
      effect: 'none',
      retry: 'never',
      audience: 'developer',
    })
  })
})

function sourcesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue)$/u.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
}
