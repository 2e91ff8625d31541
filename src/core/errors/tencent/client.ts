import type { ErrorTable } from '../errorTable'

/** The vendor's own code in the app. */
export const client = {
  domain: 'tencent',
  area: 'client',
  rows: [
    [[6015], 'running-already', 'already-done', 'developer', 'never', 'wait'],
    [[6017], 'argument-wrong', 'invalid', 'developer', 'never', 'fix-call'],
    [[6027], 'json-wrong', 'invalid', 'developer', 'never', 'fix-call'],
    [[6028], 'memory-short', 'other', 'developer', 'never', 'reload'],
    [[6001], 'answer-not-decoded', 'other', 'developer', 'never', 'report'],
    [[6002], 'request-not-encoded', 'other', 'developer', 'never', 'report'],
    [[7001], 'wrong-thread', 'other', 'developer', 'never', 'report'],
    [[7008, 2996], 'calls-too-often-here', 'too-often', 'developer', 'later', 'slow-down'],
    [[7012], 'should-not-happen', 'other', 'developer', 'never', 'report'],
    [[7014, 2905], 'call-not-allowed-now', 'invalid', 'developer', 'never', 'fix-call'],
    [[6003], 'whole-batch-failed', 'other', 'user', 'never', 'retry'],
    [[6020], 'session-object-missing', 'other', 'developer', 'never', 'fix-order'],
    [[6131], 'contradictory-data', 'other', 'developer', 'never', 'report'],
    [[6150], 'sync-not-finished', 'other', 'user', 'later', 'wait'],
    [[6151], 'sync-running', 'already-done', 'user', 'later', 'wait'],
    [[6152], 'sync-failed', 'other', 'user', 'later', 'check-network'],
    [[6153], 'local-check-failed', 'invalid', 'developer', 'never', 'fix-call'],
    [[6211, 6253], 'request-target-wrong', 'invalid', 'developer', 'never', 'report'],
    [[6224], 'film-plugin-missing', 'unsupported', 'developer', 'never', 'fix-setup'],
    [[2903], 'uncaught-here', 'other', 'developer', 'never', 'report', 'unknown'],
    [[2997], 'protocol-missing', 'unsupported', 'developer', 'never', 'fix-setup'],
    [[2998], 'module-missing', 'unsupported', 'developer', 'never', 'fix-setup'],
    [[3153], 'options-empty', 'invalid', 'developer', 'never', 'fix-call'],
  ],
} as const satisfies ErrorTable

/** What is kept on the device. */
export const storage = {
  domain: 'tencent',
  area: 'storage',
  rows: [
    [[6022], 'disk-refused', 'other', 'user', 'never', 'free-space'],
    [[6005], 'database-not-loaded', 'other', 'user', 'never', 'reload'],
    [[6019], 'database-damaged', 'other', 'user', 'never', 'reload'],
    [[7010], 'database-failed', 'other', 'user', 'never', 'reload'],
    [[7011], 'not-in-database', 'not-found', 'developer', 'never', 'nothing'],
  ],
} as const satisfies ErrorTable
