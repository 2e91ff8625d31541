import 'fake-indexeddb/auto'
import { afterAll, describe, it } from 'vitest'
import { describeTransport } from 'vue-parley/testing'
import { embeddedHarness } from './embeddedHarness'

const harness = await embeddedHarness({ storage: 'auto' })

afterAll(() => harness.service.close())

describeTransport('embedded in a database', { ...harness, describe, it })
