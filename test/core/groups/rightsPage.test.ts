import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rightsPage } from './rightsPage'

const file = new URL('../../../stories/docs/GroupRights.mdx', import.meta.url)

it('The page about groups says what the table says', () => {
  if (process.env['PARLEY_UPDATE_DOCS'] === '1') writeFileSync(file, rightsPage())
  expect(readFileSync(file, 'utf8')).toBe(rightsPage())
})
