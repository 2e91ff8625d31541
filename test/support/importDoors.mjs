// Imports every built door by its public name in plain Node: none may need a browser only to be imported.
import { readFileSync } from 'node:fs'

const { name, exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const doors = Object.keys(exports).filter((door) => !/\.(css|json)$/.test(door))

for (const door of doors) {
  const names = Object.keys(await import(name + door.slice(1)))
  if (names.length === 0) throw new Error(`${name + door.slice(1)} exports nothing`)
}
