import { expect, it } from 'vitest'
import { recordingLogger } from '../../../src/core/log'
import { ChatError } from '../../../src/model'
import { createFakeClock } from '../../support/fakeClock'
import { createRecordingLogger } from '../../support/recordingLogger'

it('tells everything on and keeps the last entries', () => {
  const clock = createFakeClock(5)
  const inner = createRecordingLogger()
  const logger = recordingLogger(inner, { keep: 2, clock })
  for (const word of ['one', 'two', 'three']) logger.warn(word)
  expect(inner.said).toHaveLength(3)
  expect(logger.entries()).toEqual([
    { at: 5, level: 'warn', message: 'two' },
    { at: 5, level: 'warn', message: 'three' },
  ])
})

it('keeps of a detail the names of an error and nothing else', () => {
  const logger = recordingLogger(createRecordingLogger(), { clock: createFakeClock() })
  logger.error(
    'failed',
    new ChatError({ domain: 'tencent', code: 6014, kind: 'signed-out', cause: 's3cret' }),
  )
  logger.warn('odd', { secret: 's3cret', text: 'hello' })
  logger.info('odd', 'hello')
  expect(logger.entries()).toMatchObject([{ domain: 'tencent', code: 6014 }, {}, {}])
  expect(JSON.stringify(logger.entries())).not.toMatch(/s3cret|hello/)
})
