import type { Random } from '../../src/testing/random'
import type { Stage } from './story'

/** Something a person does. */
type Deed = (stage: Stage) => void | Promise<void>

/** What people do, and how often. */
const DEEDS: readonly (readonly [weight: number, deed: Deed])[] = [
  [40, (stage) => withConversation(stage, (tab, id) => stage.write(tab, id))],
  [
    8,
    (stage) =>
      withConversation(stage, (tab, conversationId) =>
        stage.want(tab, { type: 'loadHistory', conversationId, direction: 'newest' }),
      ),
  ],
  [
    10,
    (stage) =>
      withConversation(stage, (tab, conversationId) =>
        stage.want(tab, { type: 'loadHistory', conversationId, direction: 'older' }),
      ),
  ],
  [
    10,
    (stage) =>
      withNewest(stage, (tab, conversationId, upTo) =>
        stage.want(tab, { type: 'markRead', conversationId, upTo }),
      ),
  ],
  [5, (stage) => withTab(stage, (tab) => tab.goOffline())],
  [9, (stage) => withTab(stage, (tab) => tab.goOnline())],
  [3, (stage) => withTab(stage, (tab) => stage.kill(tab))],
  [5, openAnother],
]

const TOTAL = DEEDS.reduce((sum, [weight]) => sum + weight, 0)

/** What comes next. */
export function pickIntent(random: Random): Deed {
  let place = random.between(0, TOTAL - 1)
  const found = DEEDS.find(([weight]) => (place -= weight) < 0)
  return found ? found[1] : () => {}
}

type TabOf = Stage['tabs'][number]

function withTab(stage: Stage, work: (tab: TabOf) => void | Promise<void>): void | Promise<void> {
  if (stage.tabs.length > 0) return work(stage.random.pick(stage.tabs))
}

function withConversation(stage: Stage, work: (tab: TabOf, id: string) => void): void {
  void withTab(stage, (tab) => {
    const own = stage.conversations.filter(({ memberIds }) => memberIds.includes(tab.userId))
    work(tab, stage.random.pick(own).id)
  })
}

function withNewest(
  stage: Stage,
  work: (tab: TabOf, id: string, message: ReturnType<TabOf['rows']>[number]['message']) => void,
): void {
  withConversation(stage, (tab, id) => {
    const newest = tab.rows(id).at(-1)
    if (newest) work(tab, id, newest.message)
  })
}

function openAnother(stage: Stage): void {
  const userId = stage.random.pick(['ann', 'ben', 'cleo'])
  if (stage.tabs.filter((tab) => tab.userId === userId).length < 2) stage.openTab(userId)
}
