import type { EpochMs, Profile, UserId } from '../../model'

/** The name and picture that a message carried of its sender. */
interface Snapshot {
  readonly name?: string
  readonly avatar?: string
  readonly at: EpochMs
}

/** Remembers which snapshots were already followed, so that a message with a wrong time is followed once only. */
export class SnapshotNotes {
  private readonly newestAtById = new Map<UserId, EpochMs>()
  private readonly followedAtById = new Map<UserId, EpochMs>()

  /** Whether a message shows the sender otherwise than the profile, and later (G4). Times are on the device's clock. */
  isNews(id: UserId, snapshot: Snapshot, profile: Profile | undefined, heardAt: EpochMs): boolean {
    if (!profile || !Number.isFinite(snapshot.at) || !isDifferent(snapshot, profile)) return false
    if (snapshot.at <= heardAt || snapshot.at <= (this.followedAtById.get(id) ?? -Infinity)) return false
    this.newestAtById.set(id, Math.max(snapshot.at, this.newestAtById.get(id) ?? -Infinity))
    return true
  }

  /** The profiles were read again: what was noted before needs nothing more. */
  follow(ids: readonly UserId[]): void {
    for (const id of ids) {
      const at = this.newestAtById.get(id)
      if (at !== undefined) this.followedAtById.set(id, at)
      this.newestAtById.delete(id)
    }
  }
}

function isDifferent({ name, avatar }: Snapshot, profile: Profile): boolean {
  return (!!name && name !== profile.name) || (!!avatar && avatar !== profile.avatar)
}
