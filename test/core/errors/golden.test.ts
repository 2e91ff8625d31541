import { describe, expect, it } from 'vitest'
import { errorInfo } from '../../../src/core/errors'

/** Written by hand from what the codes are about: domain, code, area, audience, retry, effect. */
const golden = `
tencent  9501   network       developer  never          none
tencent  9502   network       developer  never          none
tencent  9503   network       user       after-sign-in  none
tencent  9504   network       developer  never          none
tencent  9505   network       developer  never          none
tencent  9506   network       developer  later          none
tencent  9508   network       user       later          none
tencent  9509   network       developer  never          none
tencent  9510   network       user       later          none
tencent  9514   network       user       later          none
tencent  9515   network       developer  never          none
tencent  9516   network       developer  never          none
tencent  9517   network       user       later          none
tencent  9518   network       user       later          none
tencent  9519   network       user       later          none
tencent  9520   network       user       later          unknown
tencent  9521   network       user       later          unknown
tencent  9522   network       user       never          none
tencent  9523   network       user       later          none
tencent  9524   network       user       later          unknown
tencent  9525   network       user       later          unknown
tencent  6200   network       user       later          none
tencent  6201   network       user       later          unknown
tencent  10002  group         operator   later          none
tencent  20004  message       operator   later          none
tencent  30007  contact       operator   later          none
tencent  30008  contact       developer  later          none
tencent  70001  session       user       after-sign-in  none
tencent  70003  session       developer  after-sign-in  none
tencent  70009  session       developer  after-sign-in  none
tencent  70050  session       user       later          none
tencent  70404  session       developer  never          none
tencent  6014   session       user       after-sign-in  none
tencent  6208   session       user       after-sign-in  none
tencent  7501   session       developer  never          none
tencent  -10112 service       operator   never          none
tencent  60020  service       operator   never          none
tencent  7013   service       operator   never          none
tencent  3122   service       operator   never          none
tencent  72012  profile       operator   never          none
tencent  11000  group         operator   never          none
tencent  10059  group         operator   never          none
tencent  30539  contact       user       never          none
tencent  30515  contact       user       never          none
tencent  30525  contact       user       never          none
tencent  30010  contact       user       never          none
tencent  20007  message       user       never          none
tencent  20009  message       user       never          none
tencent  20012  message       user       never          none
tencent  10017  message       user       never          none
tencent  80001  message       user       never          none
tencent  80002  message       user       never          none
tencent  20016  message       user       never          none
tencent  8006   message       user       never          none
tencent  10009  group         user       never          none
tencent  10013  group         user       never          none
tencent  10014  group         user       never          none
tencent  10025  group         user       never          none
tencent  10056  group         developer  never          none
tencent  10018  group         developer  never          none
tencent  40007  profile       developer  never          none
tencent  40601  profile       user       never          none
tencent  51012  conversation  user       never          none
tencent  7006   file          user       never          none
tencent  6009   file          user       never          none
tencent  -197   push          operator   never          none
tencent  6022   storage       user       never          none
tencent  120500 message       operator   never          none
leancloud 4112  session       user       after-sign-in  none
leancloud 4317  conversation  user       never          none
wildfire 16     contact       user       never          none
wildfire -6     session       user       after-sign-in  none
wildfire 249    service       user       later          unknown
xmpp     system-shutdown network operator later         none
xmpp     not-acceptable service user     never          none
parley   outbox-full message  user       never          none
`

const rows = golden
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/u))

describe('telling codes', () => {
  it('are at least sixty', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60)
  })

  it.each(rows)('%s %s: %s, for %s, %s', (domain = '', code = '', area, audience, retry, effect) => {
    expect(errorInfo(domain, code)).toMatchObject({ area, audience, retry, effect })
  })

  it.each([
    [30539, 'already-done', 'wait-for-answer'],
    [30515, 'blocked', 'unblock'],
    [20009, 'not-related', 'add-friend'],
    [10009, 'forbidden', 'transfer-or-dissolve'],
    [10025, 'already-done', 'open-it'],
    [10013, 'already-done', 'open-it'],
    [70001, 'signed-out', 'sign-in'],
    [8006, 'conflict', 'see-latest'],
    [70404, 'unsupported', 'update-app'],
  ])('%i is %s, and then: %s', (code, kind, whatToDo) => {
    expect(errorInfo('tencent', code)).toMatchObject({ kind, whatToDo })
  })

  it.each([7013, 10041, 10059, 11000, 72001, 72011, 72012, 3122])('%i withdraws what it is about', (code) => {
    expect(errorInfo('tencent', code)?.kind).toBe('not-in-plan')
  })

  it.each([10005, 10018, 10054, 70206, 90018])('%i is asked again for less', (code) => {
    expect(errorInfo('tencent', code)).toMatchObject({ kind: 'too-large', whatToDo: 'ask-less' })
  })
})
