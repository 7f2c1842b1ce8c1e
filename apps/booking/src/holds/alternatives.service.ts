import { Injectable } from '@nestjs/common';
import type { PersonId, SlotId } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import type { TimeTaken } from '../claims/claims.errors.ts';
import { SlotListService } from '../slots/slot-list.service.ts';
import type { ListedSlot } from '../slots/slot-search.store.ts';
import { standingOf } from './alternatives.store.ts';
import type { SlotRefused } from './holds.errors.ts';

const DAY_MS = 86_400_000;
const DAYS_BEFORE = 1;
const DAYS_AFTER = 7;
/** How many of the soonest slots are looked at. */
const LOOKED_AT = 200;
const SUGGESTED = 3;

/** Tells whoever did not get a slot what they have, and what else of the tutor's is free: read after the rollback. */
@Injectable()
export class AlternativesService {
  constructor(
    private readonly db: Database,
    private readonly lists: SlotListService,
  ) {}

  /** The refusal with the student's own state and the tutor's nearest free slots, three at most. */
  async beside<R extends SlotRefused | TimeTaken>(refusal: R, slotId: SlotId, student: PersonId): Promise<R> {
    const standing = await standingOf(this.db.glance(), slotId, student);
    if (!standing) return refusal;
    const { tutorId, startAt, holds, bookings } = standing;
    const alternatives = nearest(await this.freeAround(tutorId, startAt), startAt);
    return Object.assign(refusal, { facts: { ...refusal.facts, yours: { holds, bookings }, alternatives } });
  }

  /** From the list that is kept of the tutor: a thousand who were refused at once ask the same. */
  private async freeAround(tutorId: PersonId, at: Date): Promise<Alternative[]> {
    const midnight = Math.floor(at.getTime() / DAY_MS) * DAY_MS;
    const start = new Date(midnight - DAYS_BEFORE * DAY_MS).toISOString();
    const end = new Date(midnight + DAYS_AFTER * DAY_MS).toISOString();
    const asked = { tutorId, start, end, timezone: 'UTC', limit: LOOKED_AT, after: null };
    const { body } = await this.lists.show(asked, (slots) => slots.map(shown));
    return JSON.parse(body);
  }
}

/** A slot that could be held instead, as a refusal shows it. */
type Alternative = ReturnType<typeof shown>;

const nearest = (slots: readonly Alternative[], at: Date): Alternative[] =>
  slots
    .toSorted(
      (a, b) => Math.abs(Date.parse(a.start_at) - at.getTime()) - Math.abs(Date.parse(b.start_at) - at.getTime()),
    )
    .slice(0, SUGGESTED);

const shown = ({ id, startAt, endAt, priceCents, currency, seatsLeft }: ListedSlot) => ({
  slot_id: id,
  start_at: startAt.toISOString(),
  end_at: endAt.toISOString(),
  price_cents: priceCents,
  currency,
  seats_left: seatsLeft,
});
