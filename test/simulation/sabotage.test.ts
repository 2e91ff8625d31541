import { describe, expect, it } from 'vitest'
import type { Transport } from '../../src/core/ports'
import type { HistoryPage, Message, TransportEvent } from '../../src/model'
import { playStory } from './story'
import type { Sabotage } from './tab'

/** Changes every message on its way to the kit. */
function changing(change: (message: Message) => Message): Sabotage {
  const ofEvent = (event: TransportEvent): TransportEvent =>
    event.type === 'message.received' ? { ...event, messages: event.messages.map(change) } : event
  const ofPage = (page: HistoryPage): HistoryPage => ({ ...page, messages: page.messages.map(change) })
  return (transport): Transport => ({
    ...transport,
    subscribe: (listener) => transport.subscribe((events) => listener(events.map(ofEvent))),
    messages: {
      ...transport.messages,
      history: async (request) => ofPage(await transport.messages.history(request)),
    },
  })
}

async function whatIsWrong(sabotage: Sabotage): Promise<string> {
  const wrong: string[] = []
  for (let seed = 1; seed <= 3; seed++) wrong.push(...(await playStory(seed, { sabotage })).wrong)
  return wrong.join('\n')
}

describe('stories fail', () => {
  it('where no telling can be known for what was told before', async () => {
    let count = 0
    const sabotage = changing((message) => ({ ...message, keys: [`fresh-${(count += 1)}`] }))
    expect(await whatIsWrong(sabotage)).toMatch(/stands \d+ times/)
  })

  it('where nothing says in which order messages stand', async () => {
    const sabotage = changing(({ order: _order, ...message }) => message)
    expect(await whatIsWrong(sabotage)).toMatch(/stands before|sees/)
  })
})
