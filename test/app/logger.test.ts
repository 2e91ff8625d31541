import { expect, it, vi } from 'vitest'
import { createConsoleLogger, loggerOf } from '../../src/app/logger'
import type { LogLevel } from '../../src/app/logger'

const table: readonly (readonly [LogLevel, readonly string[]])[] = [
  ['silent', []],
  ['error', ['error']],
  ['warn', ['warn', 'error']],
  ['info', ['info', 'warn', 'error']],
  ['debug', ['debug', 'info', 'warn', 'error']],
]
it.each(table)('the level %s lets through %j', (level, expected) => {
  const heard: string[] = []
  vi.stubGlobal('console', {
    debug: () => heard.push('debug'),
    info: () => heard.push('info'),
    warn: () => heard.push('warn'),
    error: () => heard.push('error'),
  })
  const logger = createConsoleLogger(level)
  logger.debug('a')
  logger.info('b')
  logger.warn('c')
  logger.error('d')
  vi.unstubAllGlobals()
  expect(heard).toEqual(expected)
})

it('is the app’s own, or the console as loud as the app wants it', () => {
  const own = createConsoleLogger('debug')
  expect(loggerOf(own)).toBe(own)
  const heard: string[] = []
  vi.stubGlobal('console', { warn: () => heard.push('warn'), error: () => heard.push('error') })
  for (const wanted of [undefined, 'error', 'silent'] as const) {
    loggerOf(wanted).warn('a')
    loggerOf(wanted).error('b')
  }
  vi.unstubAllGlobals()
  expect(heard).toEqual(['warn', 'error', 'error'])
})
