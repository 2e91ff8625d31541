import { afterAll, describe, it } from 'vitest'
import { describeTransport } from 'vue-parley/testing'
import { embeddedHarness } from './embeddedHarness'
import { keepReport } from './report'

const harness = await embeddedHarness()

afterAll(() => harness.service.close())

describeTransport('embedded', { ...harness, describe, it, report: keepReport('embedded') })
