import { describe, expect, it } from 'vitest'
import { describeTransport } from 'vue-parley/testing'
import type { ConformanceReport, TransportHarness } from 'vue-parley/testing'
import type { Transport } from 'vue-parley/core'
import { BREAKAGES } from './brokenTransports'
import { embeddedHarness } from './embeddedHarness'
import { recordingRunner } from './recordingRunner'

/** Runs checks of the suite over a transport that was tampered with. */
async function judge(
  change: (transport: Transport) => Transport,
  topic?: RegExp,
  more: Partial<TransportHarness> = {},
) {
  const { service, ...harness } = await embeddedHarness()
  const runner = recordingRunner()
  describeTransport('broken', {
    ...harness,
    ...runner,
    patienceMs: 150,
    createTransport: (userId) => {
      const { transport, credentials } = harness.createTransport(userId)
      return { transport: change(transport), credentials }
    },
    ...more,
  })
  try {
    return { failures: await runner.run(topic), checks: runner.checks }
  } finally {
    service.close()
  }
}

/** A backend that lets nobody recall. */
const withoutRight = (transport: Transport): Transport => ({
  ...transport,
  can: (ability, scope) =>
    transport.can(ability === 'messages.recall' ? 'conversations.setDraft' : ability, scope),
})

describe('The suite notices a transport that', () => {
  it.each(BREAKAGES)('$about', async ({ breakIt, topic, noticedBy }) => {
    const { failures } = await judge(breakIt, topic)
    expect(failures.map(({ name }) => name)).toEqual(
      expect.arrayContaining([expect.stringMatching(noticedBy)]),
    )
  })
})

/** All checks are run, and those of contacts wait for what is under way. */
const WHOLE_RUN = { timeout: 30_000 }

describe('The suite', WHOLE_RUN, () => {
  it('finds nothing wrong with what is not broken', async () => {
    const { failures, checks } = await judge((transport) => transport)
    expect(failures).toEqual([])
    expect(checks.length).toBeGreaterThan(250)
  })

  it('gives every check a name of its own', async () => {
    const { checks } = await judge((transport) => transport, /^no topic$/)
    const names = checks.map(({ path }) => path.join(': '))
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })

  it('says in words what is wrong, and which rule it is about', async () => {
    const broken = BREAKAGES.find(({ about }) => about.startsWith('sends again under another name'))
    const { failures } = await judge(broken!.breakIt, /^Sending$/)
    expect(failures.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/the second `send` with the same clientId made a second message[^]*rule: D6/),
      ]),
    )
  })

  it('lists what it could not check, and never leaves it out in silence', async () => {
    const reports: ConformanceReport[] = []
    const withoutRecall = (transport: Transport): Transport => {
      const { recall: _recall, ...messages } = transport.messages
      const can: Transport['can'] = (ability, scope) =>
        transport.can(ability === 'messages.recall' ? 'conversations.setDraft' : ability, scope)
      return { ...transport, messages, can }
    }
    const { failures } = await judge(withoutRecall, undefined, { report: (it) => void reports.push(it) })
    expect(failures).toEqual([])
    const [report] = reports
    expect(report!.offers.find(({ ability }) => ability === 'messages.recall')).toEqual({
      ability: 'messages.recall',
      state: 'missing',
      checkCount: 0,
    })
    expect(report!.offers.find(({ ability }) => ability === 'messages.send')).toMatchObject({
      state: 'offered',
      checkCount: expect.any(Number) as number,
    })
    expect(report!.notRun).toContainEqual({
      name: 'Recalling: is seen in the history of both',
      because: 'there is no messages.recall',
    })
    expect(report!.failedCount).toBe(0)
    expect(report!.passedCount).toBeGreaterThan(250)
  })

  it('lists what the adapter has and the backend refuses', async () => {
    const reports: ConformanceReport[] = []
    const { failures } = await judge(withoutRight, /^(Recalling$|reports)/, {
      report: (it) => void reports.push(it),
    })
    expect(failures).toEqual([])
    const offer = reports[0]!.offers.find(({ ability }) => ability === 'messages.recall')
    expect(offer).toEqual({ ability: 'messages.recall', state: 'refused', checkCount: 0 })
    expect(reports[0]!.notRun).toContainEqual({
      name: 'Recalling: is seen in the history of both',
      because: 'this backend refuses messages.recall',
    })
  })

  it('fails where a method is missing that this backend must offer', async () => {
    const { failures } = await judge((transport) => transport, /^What it has to offer$/, {
      mustOffer: ['messages.recall', 'conversations.setDraft'],
    })
    expect(failures.map(({ name }) => name)).toEqual([
      expect.stringContaining('offers conversations.setDraft'),
    ])
  })

  it('fails where a method that must be offered is refused for good', async () => {
    const { failures } = await judge(withoutRight, /^What it has to offer$/, {
      mustOffer: ['messages.recall'],
    })
    expect(failures.map(({ name }) => name)).toEqual([expect.stringContaining('offers messages.recall')])
  })

  it('runs with two users only, and says what that leaves out', async () => {
    const reports: ConformanceReport[] = []
    const { failures } = await judge((transport) => transport, undefined, {
      users: ['alice', 'bob'],
      report: (it) => void reports.push(it),
    })
    expect(failures).toEqual([])
    expect(reports[0]!.notRun.map(({ because }) => because)).toContain('there is no three users')
  })

  it('tells at once where there is nobody to talk to', async () => {
    await expect(judge((transport) => transport, undefined, { users: ['alice'] })).rejects.toThrow(
      /two users/,
    )
  })
})
