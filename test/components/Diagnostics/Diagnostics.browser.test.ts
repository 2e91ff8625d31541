import axe from 'axe-core'
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import { h } from 'vue'
import { createChatKit, type ChatKit } from '../../../src/app'
import { ChatKitProvider } from '../../../src/components/ChatKitProvider'
import { Diagnostics } from '../../../src/components/Diagnostics'
import {
  createEmbeddedService,
  createEmbeddedTransport,
  type EmbeddedService,
} from '../../../src/transports/embedded'
import '../../../src/styles/index.css'

let open: { wrapper: VueWrapper; kit: ChatKit; service: EmbeddedService } | undefined
afterEach(async () => {
  vi.restoreAllMocks()
  open?.wrapper.unmount()
  await open?.kit.dispose()
  open?.service.close()
  open = undefined
  document.documentElement.removeAttribute('data-parley-theme')
})

async function show(scheme: 'light' | 'dark' = 'light'): Promise<void> {
  document.documentElement.dataset['parleyTheme'] = scheme
  document.body.style.background = 'var(--parley-panel)'
  const world = { people: [{ id: 'ada', name: 'Ada' }], friendships: [], groups: [], conversations: [] }
  const service = createEmbeddedService({ name: 'diagnostics', storage: 'memory', world })
  const kit = createChatKit({ transport: createEmbeddedTransport({ service }), userId: 'ada' })
  await kit.online()
  const wrapper = mount(() => h(ChatKitProvider, { kit }, { default: () => h(Diagnostics) }), {
    attachTo: document.body,
  })
  open = { wrapper, kit, service }
}

describe('diagnostics', () => {
  it.each(['light', 'dark'] as const)('have no accessibility faults in %s colours', async (scheme) => {
    await show(scheme)
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })

  it('copy the report and say so', async () => {
    await show()
    const written: string[] = []
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text))
    await page.getByRole('button', { name: 'Copy the report' }).click()
    await expect.element(page.getByRole('status')).toHaveTextContent('Copied')
    expect(written[0]).toContain('Signed in as: ada')
  })

  it('show the report where the page may not write to the clipboard', async () => {
    await show()
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
    await page.getByRole('button', { name: 'Copy the report' }).click()
    const field = page.getByRole('textbox', { name: 'Report' })
    await expect.element(field).toBeVisible()
    expect((field.element() as HTMLTextAreaElement).value).toContain('Signed in as: ada')
  })
})
