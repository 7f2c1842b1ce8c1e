import {
  Count,
  Instant,
  ListOf,
  Malformed,
  Maybe,
  Moment,
  MomentEnd,
  Nullable,
  OneOf,
  OpenWord,
  Part,
  Text,
  Uuid,
} from '@scheduling/contracts';
import type { PersonId, SlotId, WaitlistId } from '@scheduling/domain';
import { Type } from 'class-transformer';
import { HoldView } from '../holds/holds.dto.ts';
import type { Hold } from '../holds/holds.store.ts';
import type { AskedWish } from './join.service.ts';
import type { Step } from './position.store.ts';
import { WAITLIST_STATUSES, type WaitlistStatus } from './waitlist-statuses.ts';
import type { PlaceInLine } from './waitlist.service.ts';
import type { Place } from './waitlist.store.ts';

export class WaitWindow {
  /** The lesson starts then or later; RFC 3339 with Z or an offset. */
  @Moment() readonly from!: string;
  /** The lesson starts before. */
  @MomentEnd() readonly until!: string;
}

export class JoinWaitlist {
  /** With whom. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The one slot that is waited for. */
  @Maybe() @Uuid() readonly slot_id?: SlotId;
  /** Instead of one slot: whatever starts within three months at most. */
  @Maybe() @Part(() => WaitWindow) readonly window?: WaitWindow;

  /** Reads what a student asks for; refuses both or neither of slot and window. */
  static wish({ tutor_id: tutorId, slot_id: slotId, window }: JoinWaitlist): AskedWish {
    if ((slotId === undefined) === (window === undefined)) {
      throw Malformed.field('window', 'either slot_id or window must be given');
    }
    return { tutorId, wanted: slotId ?? { from: new Date(window!.from), until: new Date(window!.until) } };
  }
}

export class ListWaitlist {
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 50;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Uuid() readonly cursor?: WaitlistId;
}

export class OfferView extends HoldView {
  /** When the lesson starts, in UTC. */
  @Instant() readonly start_at!: string;
  /** When the lesson ends, in UTC. */
  @Instant() readonly end_at!: string;

  /** Shows an offer to whom it is made: they confirm it like any hold, or let it go. */
  static ofOffer(offer: Hold): OfferView {
    return {
      ...HoldView.of(offer),
      start_at: offer.startAt.toISOString(),
      end_at: offer.endAt.toISOString(),
    };
  }
}

export class WaitlistView {
  /** The place's id. */
  @Uuid() readonly waitlist_id!: WaitlistId;
  /** With whom. */
  @Uuid() readonly tutor_id!: PersonId;
  /** The one slot that is waited for; null where it is a window. */
  @Nullable() @Uuid() readonly slot_id!: SlotId | null;
  /** The lesson starts then or later, in UTC. */
  @Instant() readonly from!: string;
  /** The lesson starts before, in UTC; of one slot, the start itself. */
  @Instant() readonly until!: string;
  /** `offered` while a seat is kept for the caller alone; `taken` once they booked it. */
  @OneOf(WAITLIST_STATUSES) readonly status!: WaitlistStatus;
  /** When the caller began to wait. */
  @Instant() readonly joined_at!: string;
  /** From then on nothing is offered any more: two hours before the last start. */
  @Instant() readonly expires_at!: string;
  /** The seat that is kept for the caller just now, to be confirmed like any hold; null without one. */
  @Nullable() @Part(() => OfferView) readonly offer!: OfferView | null;

  /** Shows a place in a line to whom it belongs. */
  static of({ entry, offer }: Place): WaitlistView {
    return {
      waitlist_id: entry.id,
      tutor_id: entry.tutorId,
      slot_id: entry.slotId,
      from: entry.starts.from.toISOString(),
      until: entry.starts.until.toISOString(),
      status: entry.status,
      joined_at: entry.joinedAt.toISOString(),
      expires_at: entry.expiresAt.toISOString(),
      offer: offer && OfferView.ofOffer(offer),
    };
  }
}

export class WaitlistStepView {
  /** When it happened, in UTC. */
  @Instant() readonly at!: string;
  /** `joined`, `offered`, `passed_over`, `taken`, `left` or `expired`. */
  @OpenWord() readonly what!: string;
  /** The slot that it was about, if any. */
  @Nullable() @Uuid() readonly slot_id!: SlotId | null;
  /** Why the line moved on: `busy`, `offer_ran_out` or `offer_declined`. */
  @Nullable() @OpenWord() readonly reason!: string | null;

  /** Shows a step. */
  static of({ at, what, slotId, reason }: Step): WaitlistStepView {
    return { at: at.toISOString(), what, slot_id: slotId, reason };
  }
}

export class WaitlistPlaceView extends WaitlistView {
  /** Counted from 1: who came first is first; null where the caller does not wait any more. */
  @Nullable() @Count(1, 1_000_000) readonly position!: number | null;
  /** What happened so far, the newest first. */
  @ListOf(() => WaitlistStepView, 50) readonly steps!: WaitlistStepView[];

  /** Shows a place in a line, and why it is there, to whom it belongs. */
  static ofPlace(place: PlaceInLine): WaitlistPlaceView {
    return {
      ...WaitlistView.of(place),
      position: place.ahead === null ? null : place.ahead + 1,
      steps: place.steps.map((step) => WaitlistStepView.of(step)),
    };
  }
}

export class WaitlistList {
  /** The newest first. */
  @ListOf(() => WaitlistView, 100) readonly items!: WaitlistView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Text(1, 36) readonly next_cursor!: string | null;

  /** Shows a page of places; one more than the limit tells that there is another page. */
  static of(found: readonly Place[], limit: number): WaitlistList {
    const items = found.slice(0, limit).map((place) => WaitlistView.of(place));
    return { items, next_cursor: found.length > limit ? items.at(-1)!.waitlist_id : null };
  }
}
