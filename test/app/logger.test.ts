import { expect, it, vi } from 'vitest'
import { createConsoleLogger } from '../../src/app/logger'
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
