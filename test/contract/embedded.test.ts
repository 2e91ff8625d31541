import { afterAll, describe, it } from 'vitest'
import { describeTransport } from 'vue-parley/testing'
import { embeddedHarness } from './embeddedHarness'

const harness = await embeddedHarness()

afterAll(() => harness.service.close())

describeTransport('embedded', { ...harness, describe, it })
