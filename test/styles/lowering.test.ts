import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('no style of the kit asks for light-dark(), which builds of apps turn into something that knows no themes', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(css|vue)$/u.test(file),
  )
  expect(files.length).toBeGreaterThan(100)
  const asking = files.filter((file) => /light-dark\(\s*[^)\s]/u.test(readFileSync(`src/${file}`, 'utf8')))
  expect(asking).toEqual([])
})
