import type { Component } from 'vue'

/** Where a menu opens: at a point of the viewport (CSS pixels), or at an element. */
export type MenuPlace = { readonly x: number; readonly y: number } | HTMLElement

/** What a menu offers. */
export interface MenuItem {
  /** What it is, among its neighbours. */
  readonly id: string
  readonly label: string
  readonly icon?: Component | undefined
  /** Short words at the end of the line: the time that is left. */
  readonly hint?: string | undefined
  /** It takes something away: it stands last and in the colour of warning. */
  readonly isDestructive?: boolean | undefined
  /** A tick before it: it is switched on. */
  readonly isOn?: boolean | undefined
  /** Does it. */
  run(): unknown
}
