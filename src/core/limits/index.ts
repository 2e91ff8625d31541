/** The numbers of backends, and what keeps to them. */
export { bytesLeft, requireSendable } from './limitOf'
export type { ByteLimitName } from './limitOf'
export { tencentLimits, tencentRates } from './tencent'
