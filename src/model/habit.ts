/** What this machine remembers of an account's habits, by name; no backend hears of it. */
export type HabitName = 'emoji' | 'notification-offer'
/** One of them as it was kept, in words of its own. */
export interface Habit {
  readonly name: HabitName
  readonly text: string
}
