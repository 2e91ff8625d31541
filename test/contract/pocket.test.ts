import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const page = readFileSync(new URL('../../stories/docs/BringYourOwnBackend.mdx', import.meta.url), 'utf8')
const folder = new URL('../../.cache/contract/', import.meta.url)

/** The listings of the page, as files that can be imported. */
mkdirSync(folder, { recursive: true })
for (const [, code = '', name = ''] of page.matchAll(/```ts\n(\/\/ example: (\w+)\n[\s\S]*?)```/g)) {
  writeFileSync(new URL(`${name}.ts`, folder), code)
}

// They are test files themselves: whoever reads the page runs them just so.
await import(/* @vite-ignore */ new URL('pocketTransportTest.ts', folder).href)
await import(/* @vite-ignore */ new URL('pocketTransportInBadWeather.ts', folder).href)
