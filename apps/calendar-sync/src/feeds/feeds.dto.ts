import { Flag, Instant, Nullable, Text } from '@scheduling/contracts';
import type { Feed } from './feeds.store.ts';

export class FeedAddress {
  /** Where calendars read the feed. Whoever knows it reads the lessons, and it is told this once. */
  @Text(1, 2000) readonly url!: string;
}

export class FeedView {
  /** Whether there is an address at which the feed can be read. */
  @Flag() readonly exists!: boolean;
  /** Since when it is that address. */
  @Nullable() @Instant() readonly created_at!: string | null;
  /** When somebody last read it, to the minute. */
  @Nullable() @Instant() readonly last_read_at!: string | null;

  /** Shows a person whether their feed is there, never where. */
  static of(feed: Feed | undefined): FeedView {
    return {
      exists: feed !== undefined,
      created_at: feed?.createdAt.toISOString() ?? null,
      last_read_at: feed?.lastReadAt?.toISOString() ?? null,
    };
  }
}
