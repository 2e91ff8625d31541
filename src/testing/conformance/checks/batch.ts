import type { BatchResult } from '../../../model'
import { ensure, ensureChatError } from '../ensure'

/** Fails unless a batch answers for just these ids, each once. */
export function ensureBatch(value: unknown, ids: readonly string[], words: string): BatchResult {
  const { done, pending, failed } = (value ?? {}) as Partial<BatchResult>
  ensure(done && pending && failed, `${words} answers with done, pending and failed`)
  const answered = [...done, ...pending, ...failed.map(({ id }) => id)]
  ensure(new Set(answered).size === answered.length, `${words} answers twice for one id`)
  const silent = ids.find((id) => !answered.includes(id))
  ensure(silent === undefined, `${words} says nothing of "${silent}"`)
  const strange = answered.find((id) => !ids.includes(id))
  ensure(strange === undefined, `${words} answers for "${strange}", which was not asked`)
  for (const { error } of failed) ensureChatError(error, words)
  return { done, pending, failed }
}
