import type { Group, Profile } from '../../model'
import { soundGroup, soundProfile } from '../sound'

/** Profiles of an answer that were asked for, with nothing but fields that can be trusted; the rest is dropped. */
export function soundProfiles(answer: unknown, asked: readonly string[]): readonly Profile[] {
  return askedFor(answer, asked, soundProfile)
}

/** As `soundProfiles`, for groups; one of a type that nobody knows is dropped. */
export function soundGroups(answer: unknown, asked: readonly string[]): readonly Group[] {
  return askedFor(answer, asked, soundGroup)
}

function askedFor<T extends { readonly id: string }>(
  answer: unknown,
  asked: readonly string[],
  sound: (told: unknown) => T | undefined,
): readonly T[] {
  if (!Array.isArray(answer)) return []
  const open = new Set(asked)
  return answer.flatMap((told: unknown) => {
    const noun = sound(told)
    // Each id once: what comes first counts. A copy, for what an app has answered with is its own.
    return noun && open.delete(noun.id) ? [{ ...noun }] : []
  })
}
