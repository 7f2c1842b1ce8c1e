import type { PersonId } from '@scheduling/domain';

/** What a reader's digest of one morning tells, as it is known when it is sent. */
export interface MorningDigest {
  /** Whose it is. */
  readonly user_id: PersonId;
  /** The local day on which it comes: `2026-12-01`. */
  readonly day: string;
  /** In the order in which they were to be said; none while it is only planned. */
  readonly items: readonly Gathered[];
}

/** A message that comes in a digest instead of by itself: already in its reader's words. */
export interface Gathered {
  readonly headline: string;
  /** A sentence or two. */
  readonly brief: string;
  readonly link: string | null;
}
