import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import type { Envelope } from '@scheduling/events';
import { LRUCache } from 'lru-cache';
import { Facts } from '../facts/facts.ts';
import { Feed, type Listener } from './feed.ts';
import { Sources } from './sources.ts';
import { feedKey, type Topic } from './topics.policy.ts';

/** Feeds that nobody follows are remembered for those who come back; so many of them, and so long. */
const MOST_RESTING = 5_000;
const RESTING_MS = 120_000;

/** The feeds of this replica, each read again when a fact tells of it. */
@Injectable()
export class FeedsService implements OnModuleDestroy {
  private readonly followed = new Map<string, Feed>();
  private readonly resting = new LRUCache<string, Feed>({ max: MOST_RESTING, ttl: RESTING_MS });

  constructor(
    private readonly sources: Sources,
    facts: Facts,
  ) {
    facts.onBegin(() => this.followed.forEach((feed) => feed.touch()));
    facts.hear('booking', (fact) => this.hearOfBooking(fact));
    facts.hear('notification', ({ partitionkey }) => this.touch(`me ${partitionkey}`));
  }

  /** Lets someone follow a topic from the version that they have, if any; gives the way to leave. */
  async follow(topic: Topic, personId: PersonId, listener: Listener, from: string | null): Promise<() => void> {
    const key = feedKey(topic, personId);
    const feed = this.feed(key, topic);
    try {
      await feed.follow(listener, from);
    } catch (error) {
      this.rest(key, feed);
      throw error;
    }
    // Another who failed meanwhile may have let it rest.
    this.resting.delete(key);
    this.followed.set(key, feed);
    return () => {
      feed.leave(listener);
      this.rest(key, feed);
    };
  }

  onModuleDestroy(): void {
    for (const feed of this.followed.values()) feed.close();
  }

  private feed(key: string, topic: Topic): Feed {
    const known = this.followed.get(key) ?? this.resting.get(key);
    const feed = known ?? new Feed(topic.of === 'me' ? this.sources.mine() : this.sources.slotsOf(topic.tutorId));
    this.followed.set(key, feed);
    this.resting.delete(key);
    return feed;
  }

  private rest(key: string, feed: Feed): void {
    if (feed.isFollowed || this.followed.get(key) !== feed) return;
    this.followed.delete(key);
    this.resting.set(key, feed);
  }

  /** A fact about slots or lessons is about its tutor's list, and about what is the student's own; who learns may teach too. */
  private hearOfBooking({ partitionkey, data }: Envelope): void {
    const { student_id: student } = data as { student_id?: string };
    for (const person of new Set([partitionkey, student ?? partitionkey])) {
      this.touch(`slots ${person}`);
      this.touch(`me ${person}`);
    }
  }

  private touch(key: string): void {
    this.followed.get(key)?.touch();
  }
}
