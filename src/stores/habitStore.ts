import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { HabitName } from '../model'

/** What this machine remembers of the account's habits. */
export const useHabitStore = defineStore('parley/habits', () => {
  const textByName = shallowReactive(new Map<HabitName, string>())
  return { textByName }
})
