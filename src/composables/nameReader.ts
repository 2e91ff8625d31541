import type * as pinyinPro from 'pinyin-pro'
import { shallowRef } from 'vue'
import { foldName, hasHan } from './contactIndex'
import type { NameReader } from './contactIndex'

/** Nobody has more friends; whoever was read and is gone costs a little memory only. */
const MOST_READINGS = 50_000

type Pinyin = typeof pinyinPro.pinyin

const pinyin = shallowRef<Pinyin>()
const hasFailed = shallowRef(false)
let loading: Promise<void> | undefined
const readings = new Map<string, string>()

/** Fetches what reads Chinese, once; where it cannot be fetched such names stand under `#`. */
export function loadPinyin(): void {
  loading ??= import('pinyin-pro')
    .then((module) => {
      readings.clear()
      pinyin.value = module.pinyin
    })
    .catch(() => {
      hasFailed.value = true
      loading = undefined
    })
}

/** Whether Chinese names are read as well as they ever will be; reactive. */
export function canReadHan(): boolean {
  return pinyin.value !== undefined || hasFailed.value
}

/** A name in Latin letters, Chinese as pinyin with a family name read as one; reactive. */
export const readName: NameReader = (name) => {
  const read = pinyin.value
  const known = readings.get(name)
  if (known !== undefined) return known
  const folded = foldName(name)
  const reading =
    read && hasHan(name)
      ? read(folded, { toneType: 'none', surname: 'head', nonZh: 'consecutive', v: true }).trim()
      : folded
  if (readings.size > MOST_READINGS) readings.clear()
  readings.set(name, reading)
  return reading
}
