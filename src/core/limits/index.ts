/** The numbers of backends, and what keeps to them. */
export { bytesLeft, requireSendable } from './limitOf'
export type { ByteLimitName, Sendable } from './limitOf'
export { tencentLimits, tencentRates } from './tencent'
