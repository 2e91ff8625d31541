import { describe, expect, it } from 'vitest'
import { contactSections, foldName, hasHan, isMeant } from '../../src/composables/contactIndex'
import { loadPinyin, readName } from '../../src/composables/nameReader'

const people = (...names: readonly string[]) => names.map((name, at) => ({ id: `${at}`, name }))
const lettersOf = (...names: readonly string[]) =>
  contactSections(people(...names), readName).map(({ letter, ids }) => [
    letter,
    ...ids.map((id) => names[Number(id)]),
  ])

describe('the index of contacts', () => {
  it('puts Latin names under their first letter, whatever its case and accents', () => {
    expect(lettersOf('Émile', 'zoe', 'eva', 'Ångström', 'Zac')).toEqual([
      ['A', 'Ångström'],
      ['E', 'Émile', 'eva'],
      ['Z', 'Zac', 'zoe'],
    ])
  })

  it('puts everything else under # at the end', () => {
    expect(lettersOf('42', 'ياسمين', 'Bo', '🙂 smile', '')).toEqual([
      ['B', 'Bo'],
      ['S', '🙂 smile'],
      ['#', '', '42', 'ياسمين'],
    ])
  })

  it('has equal names in an order that does not change', () => {
    const twins = [
      { id: 'b', name: 'Li' },
      { id: 'a', name: 'Li' },
    ]
    expect(contactSections(twins, readName)[0]?.ids).toEqual(['a', 'b'])
    expect(contactSections([...twins].reverse(), readName)[0]?.ids).toEqual(['a', 'b'])
  })

  it('reads Chinese once what reads it is there, a family name as a family name', async () => {
    expect(hasHan('Bob')).toBe(false)
    expect(hasHan('Bob 鲍勃')).toBe(true)
    loadPinyin()
    await import('pinyin-pro')
    await Promise.resolve()
    // 单, 曾 and 仇 are read otherwise in names, and 尉迟 is one family name.
    expect(lettersOf('单雄信', '曾可', '仇英', '尉迟恭', 'Quinn', '赵磊')).toEqual([
      ['Q', '仇英', 'Quinn'],
      ['S', '单雄信'],
      ['Y', '尉迟恭'],
      ['Z', '曾可', '赵磊'],
    ])
  })
})

describe('looking for a contact', () => {
  const person = { id: 'zhaolei', name: '赵磊' }
  it.each(['赵', 'zhao', 'zhaolei', 'zhao lei', 'zl', 'ZHAO', ' 磊 ', ''])('finds 赵磊 by "%s"', (query) => {
    expect(isMeant(query, person, () => 'zhao lei')).toBe(true)
  })
  it('does not find him by what he is not', () => {
    expect(isMeant('li', { ...person, id: 'u7' }, () => 'zhao xin')).toBe(false)
  })
  it('finds by the id, and folds what is typed', () => {
    expect(isMeant('U7', { id: 'u7', name: 'Bo' }, foldName)).toBe(true)
    expect(isMeant('kral', { id: 'x', name: 'Tomáš Král' }, foldName)).toBe(true)
  })
})
