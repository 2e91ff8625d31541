import { setTimeout as wait } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright'

/** A node of the accessibility tree, as the browser hands it to a screen reader. */
interface Node {
  readonly nodeId: string
  readonly ignored: boolean
  readonly role?: { readonly value: string }
  readonly name?: { readonly value: string }
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[]
  readonly childIds?: readonly string[]
  readonly backendDOMNodeId?: number
}

/** What a person without sight hears of a page over time: where the keyboard is, and what live regions tell. */
export interface ScreenReader {
  /** Everything that was heard, in order. */
  readonly lines: readonly string[]
  /** Presses a key and hears where it leads. */
  press(key: string): Promise<string>
  /** Presses a key until it leads to what was looked for, as often as a person would. */
  pressUntil(key: string, wanted: RegExp): Promise<string>
  /** Waits until something like this is heard. */
  hears(wanted: RegExp): Promise<string>
}

const ROLES_OF_NOTHING = new Set(['RootWebArea', 'none', 'generic'])

/** Begins to listen to a page. */
export async function listenTo(page: Page): Promise<ScreenReader> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Accessibility.enable')
  const lines: string[] = []
  const told = new Map<number, string>()
  let focused = ''
  let isFirst = true

  /** One look at the tree: what takes the keyboard by now, and what regions say that they did not say before. */
  async function listen(): Promise<void> {
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as {
      nodes: readonly Node[]
    }
    const byId = new Map(nodes.map((node) => [node.nodeId, node]))
    for (const node of nodes) {
      const manner = propertyOf(node, 'live')
      if (node.ignored || (manner !== 'polite' && manner !== 'assertive') || roleOf(node) === 'log') continue
      const words = wordsOf(node, byId)
      const place = node.backendDOMNodeId ?? 0
      if (words !== (told.get(place) ?? '') && words !== '' && !isFirst) lines.push(`${manner}: ${words}`)
      told.set(place, words)
    }
    isFirst = false
    const holder = nodes.findLast(
      (node) => !node.ignored && propertyOf(node, 'focused') === true && !ROLES_OF_NOTHING.has(roleOf(node)),
    )
    const line = holder
      ? `${(holder.name?.value ?? '').replace(/\s+/gu, ' ').trim()} (${roleOf(holder)})`
      : ''
    if (line !== '' && line !== focused) lines.push(line)
    focused = line
  }

  async function until(wanted: RegExp, look: () => string | undefined): Promise<string> {
    for (let attempt = 0; attempt < 300; attempt++) {
      await listen()
      const found = look()
      if (found !== undefined) return found
      // The tree tells nobody that it has changed.
      await wait(100)
    }
    throw new Error(`${String(wanted)} was not heard, but:\n${lines.slice(-12).join('\n')}`)
  }

  async function press(key: string): Promise<string> {
    await page.keyboard.press(key)
    await listen()
    return focused
  }

  await listen()
  return {
    lines,
    press,
    async pressUntil(key, wanted) {
      await listen()
      for (let count = 0; count < 80; count++) {
        if (wanted.test(focused)) return focused
        await press(key)
      }
      throw new Error(`${key} leads nowhere:\n${lines.slice(-20).join('\n')}`)
    },
    hears(wanted) {
      const from = lines.length
      return until(wanted, () =>
        wanted.test(focused) ? focused : lines.slice(from).find((line) => wanted.test(line)),
      )
    },
  }
}

function propertyOf(node: Node, name: string): unknown {
  return node.properties?.find((property) => property.name === name)?.value.value
}

function roleOf(node: Node): string {
  return node.role?.value ?? ''
}

/** What stands in a region, read from its pieces. */
function wordsOf(node: Node, byId: ReadonlyMap<string, Node>): string {
  if (roleOf(node) === 'StaticText') return node.name?.value ?? ''
  const children = (node.childIds ?? []).flatMap((id) => byId.get(id) ?? [])
  return children
    .map((child) => wordsOf(child, byId))
    .filter((words) => words !== '')
    .join(' ')
}
