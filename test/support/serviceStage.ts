import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import type { UserId } from '../../src/model'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService, EmbeddedServiceOptions } from '../../src/transports/embedded'

/** What a stage is set with. */
export interface ServiceStageOptions<Who extends UserId> extends EmbeddedServiceOptions {
  /** Tabs that run at the same time share a service of one name. */
  readonly name: string
  readonly people: readonly Who[]
  /** @default their ids */
  readonly nameOf?: (userId: Who) => string
  readonly friends?: readonly (readonly [Who, Who])[]
}
/** People of one embedded service, all of them online. */
export interface ServiceStage<Who extends UserId> {
  readonly service: EmbeddedService
  readonly kits: Readonly<Record<Who, ChatKit>>
  clear(): Promise<void>
}

/** Signs people in to a service of their own, with nothing kept from the test before. */
export async function setServiceStage<Who extends UserId>(
  options: ServiceStageOptions<Who>,
): Promise<ServiceStage<Who>> {
  const { people, nameOf = (userId) => userId, friends = [], ...serviceOptions } = options
  const service = createEmbeddedService({ storage: 'memory', ...serviceOptions })
  for (const id of people) await service.addUser({ id, name: nameOf(id) })
  for (const [one, other] of friends) await service.befriend(one, other)
  const entries = people.map((userId) => {
    const transport = createEmbeddedTransport({ service })
    return [userId, createChatKit({ transport, userId, cache: 'memory' })] as const
  })
  const all = entries.map(([, kit]) => kit)
  await Promise.all(all.map((kit) => kit.online()))
  return {
    service,
    kits: Object.fromEntries(entries) as Readonly<Record<Who, ChatKit>>,
    async clear() {
      await Promise.all(all.map((kit) => kit.dispose()))
      service.close()
    },
  }
}
