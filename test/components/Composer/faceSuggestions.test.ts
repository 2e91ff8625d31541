import { expect, it } from 'vitest'
import { faceSuggestions } from '../../../src/components/Composer/faceSuggestions'

const faces = {
  smile: { src: '/smile.png', label: '微笑' },
  smirk: { src: '/smirk.png' },
  rose: { src: '/rose.png', label: 'Rose' },
}
const keysOf = (query: string, most = 8) => faceSuggestions(faces, query, most).map(({ text }) => text)

it('finds faces by key and by name, and writes their keys', () => {
  expect(keysOf('smi')).toEqual(['[smile]', '[smirk]'])
  expect(keysOf('SMI', 1)).toEqual(['[smile]'])
  expect(keysOf('微')).toEqual(['[smile]'])
  expect(keysOf('ro')).toEqual(['[rose]'])
  expect(keysOf('none')).toEqual([])
  expect(faceSuggestions(undefined, 'smi', 8)).toEqual([])
})

it('shows the picture, the name, and the key where it is another', () => {
  expect(faceSuggestions(faces, 'smi', 8)).toEqual([
    {
      key: 'face smile',
      text: '[smile]',
      label: '微笑',
      detail: 'smile',
      face: { kind: 'picture', src: '/smile.png' },
    },
    { key: 'face smirk', text: '[smirk]', label: 'smirk', face: { kind: 'picture', src: '/smirk.png' } },
  ])
})
