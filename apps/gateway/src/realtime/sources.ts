import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Upstreams } from '../routing/upstreams.ts';
import type { Source } from './feed.ts';
import type { Item } from './feed.policy.ts';
import { SourceRefused } from './realtime.errors.ts';

const PATIENCE_MS = 10_000;
/** Pages of a hundred that are read of one list at most. */
const MOST_PAGES = 20;
const SLOTS_HEAL_MS = 60_000;
const MINE_HEAL_MS = 300_000;
const DAY_MS = 86_400_000;
const PAST_DAYS = 7;

interface Page {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** Reads lists from the services as clients do, with a client's own token: the gateway has no rights of its own. */
@Injectable()
export class Sources {
  constructor(private readonly upstreams: Upstreams) {}

  /** The slots of a tutor that can be held just now, of the coming four weeks, in UTC. */
  slotsOf(tutorId: PersonId): Source {
    const path = `/api/v1/scheduling/availability/${tutorId}/slots?timezone=UTC&limit=100`;
    const read = async (token: string) => {
      const slots = await this.all('booking', path, token);
      return new Map(slots.map((slot) => [String(slot['slot_id']), withoutClock(slot)]));
    };
    return { read, idOf: (item) => String(item['slot_id']), healMs: SLOTS_HEAL_MS };
  }

  /** A person's bookings of the last week and to come, and their newest notifications. */
  mine(): Source {
    const read = async (token: string) => {
      const from = new Date(Math.floor(Date.now() / DAY_MS - PAST_DAYS) * DAY_MS).toISOString();
      const [bookings, notes] = await Promise.all([
        this.all('booking', `/api/v1/scheduling/bookings?from=${from}&limit=100`, token),
        this.page('notification', '/api/v1/scheduling/notifications?limit=50', token),
      ]);
      const items = [...bookings.map(asBooking), ...notes.items.map(asNotification)];
      return new Map(items.map((item) => [idOfMine(item), item]));
    };
    return { read, idOf: idOfMine, healMs: MINE_HEAL_MS };
  }

  private async all(service: 'booking' | 'notification', path: string, token: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const page: Page = await this.page(
        service,
        cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path,
        token,
      );
      items.push(...page.items);
      cursor = page.next_cursor;
      if (cursor === null) break;
    }
    return items;
  }

  private async page(service: 'booking' | 'notification', path: string, token: string): Promise<Page> {
    const answer = await fetch(`${this.upstreams.originOf(service)}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new SourceRefused(service, answer.status);
    }
    return (await answer.json()) as Page;
  }
}

/** What a reader's clock makes of a time is theirs to work out: all who follow get the same. */
function withoutClock(slot: Item): Item {
  return Object.fromEntries(Object.entries(slot).filter(([field]) => !field.startsWith('local_')));
}

const asBooking = (booking: Item): Item => ({ kind: 'booking', ...booking });
/** A notification's own `kind` says what it is about; here the word says what the thing is. */
const asNotification = ({ kind: about, ...note }: Item): Item => ({ kind: 'notification', about, ...note });
const idOfMine = (item: Item): string =>
  `${String(item['kind'])}:${String(item['notification_id'] ?? item['booking_id'])}`;
