import { expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import { useQuote } from '../../src/composables'
import { refOf } from '../../src/model'
import { aMessage, aPage } from '../support/builders'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

it('shows what a message here says, whatever the answer says of it, and of one that burns or is away only that', async () => {
  const { transport, answers, goOnline } = createScriptedTransport()
  const kit = createChatKit({ transport, userId: 'alice', cache: 'memory' })
  goOnline()
  await kit.online()
  const here = aMessage({ seq: 1, text: 'I will think about it' })
  const burning = aMessage({ seq: 2, text: 'a secret', burnAfterMs: 5_000 })
  answers.push(aPage([here, burning]))
  await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
  const answerTo = (quoted: typeof here) =>
    aMessage({ seq: 9, replyTo: { ref: refOf(quoted), abstract: 'I promise' } })
  const quotes = runInKit(kit, () => [
    useQuote(answerTo(here), undefined),
    useQuote(answerTo(burning), undefined),
    useQuote(answerTo(aMessage({ seq: 5 })), undefined),
  ])
  expect(quotes.view.map(({ value }) => value?.text)).toEqual([
    'I will think about it',
    'I promise',
    'I promise',
  ])
  quotes.stop()
  await kit.dispose()
})
