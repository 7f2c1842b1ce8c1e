import { hash } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { Clock, type PersonId } from '@scheduling/domain';
import { Database, FROZEN_CLOCK } from '@scheduling/persistence';
import { Metrics } from '@scheduling/service-kit';
import { type KeptAnswer, SlotCache } from '../slot-cache/slot-cache.ts';
import type { Span } from './caps.policy.ts';
import { type AskedRange, type RangeLimit, searchRange } from './search-range.policy.ts';
import { type RightList, rightList } from './slot-list.policy.ts';
import { type ListedSlot, listSlots, type Page } from './slot-search.store.ts';

const LIMIT: RangeLimit = { days: 92, endField: 'end_date' };

/** What a list is asked for: the tutor, a range and a page of it. */
export interface AskedList extends AskedRange, Page {
  readonly tutorId: PersonId;
}

@Injectable()
export class SlotListService {
  private readonly requests;
  /** How far the database's clock is ahead of ours, in ms, when it was last seen. */
  private ahead = 0;

  constructor(
    private readonly db: Database,
    private readonly cache: SlotCache,
    metrics: Metrics,
    @Optional() @Inject(FROZEN_CLOCK) private readonly frozen?: Clock,
  ) {
    this.requests = metrics.counter({
      name: 'slot_cache_requests_total',
      help: 'Lists of slots that were asked for, by whether they were kept.',
      labelNames: ['result'],
    });
  }

  /** A list of slots that can be held just now, as it was rendered: kept from before where nothing has happened since. */
  async show(asked: AskedList, render: (slots: readonly ListedSlot[]) => object): Promise<KeptAnswer> {
    const query = [asked.start, asked.end, asked.timezone, asked.limit, asked.after?.getTime()].join('|');
    const { answer, generation } = await this.cache.look(asked.tutorId, query);
    if (answer && this.now() < answer.until) {
      this.requests.inc({ result: 'hit' });
      return answer;
    }
    this.requests.inc({ result: 'miss' });
    const { slots, until } = await this.find(asked.tutorId, searchRange(asked, new Date(this.now()), LIMIT), asked);
    const body = JSON.stringify(render(slots));
    const fresh = { body, etag: `"${hash('sha1', body, 'base64url')}"`, until };
    if (generation !== null) void this.cache.keep(asked.tutorId, query, generation, fresh);
    return fresh;
  }

  /** The slots of a tutor that can be held just now, read from the database. */
  async find(tutorId: PersonId, range: Span, page: Page): Promise<RightList> {
    const { facts, slots } = await listSlots(this.db.glance(), tutorId, range, page);
    if (facts) this.ahead = facts.now.getTime() - Date.now();
    return rightList(facts, slots, page);
  }

  /** What the database's clock shows, about. */
  private now(): number {
    return this.frozen?.now().getTime() ?? Date.now() + this.ahead;
  }
}
