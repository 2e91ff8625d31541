import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService, EmbeddedServiceOptions } from '../../../src/transports/embedded'

const opened: EmbeddedService[] = []
let names = 0

/** A name that no other service of this test file has. */
export function freshName(): string {
  return `test-${(names += 1)}`
}

/** A service that `closeServices` closes. */
export function openService(options: EmbeddedServiceOptions): EmbeddedService {
  const service = createEmbeddedService(options)
  opened.push(service)
  return service
}

/** A service with Alice and Bob, who are friends, and Carol. */
export async function twoPeople(options: EmbeddedServiceOptions = {}): Promise<EmbeddedService> {
  const service = openService({ name: freshName(), ...options })
  for (const id of ['alice', 'bob', 'carol']) await service.addUser({ id, name: id.toUpperCase() })
  await service.befriend('alice', 'bob')
  return service
}

/** Closes every service opened here. */
export function closeServices(): void {
  opened.splice(0).forEach((service) => service.close())
}
