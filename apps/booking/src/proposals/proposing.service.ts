import { Injectable } from '@nestjs/common';
import { type BookingId, newId, type ProposalId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { lockPeople, type Tx } from '@scheduling/persistence';
import { BookingChanges } from '../bookings/booking-changes.service.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import { findOwnBooking, timezoneOfTutor } from '../bookings/bookings.store.ts';
import { proposalAnswered, proposalMade } from './proposal-facts.ts';
import { expiryOf, isAhead, isSame, isThere, type Wish } from './proposals.policy.ts';
import { endProposal, insertProposal, openProposal } from './proposals.store.ts';
import { wantedSlot } from './wanted-slot.store.ts';

/** A booking as a calendar knew it. */
export interface KnownBooking {
  readonly id: BookingId;
  readonly version: number;
}

/** Makes proposals of what people do to lessons in their calendars. */
@Injectable()
export class ProposingService {
  constructor(private readonly changes: BookingChanges) {}

  /** Asks the other of a lesson for what one of the two did to it: nothing else changes. A newer wish replaces the one before. */
  async propose(tx: Tx, known: KnownBooking, wish: Wish): Promise<void> {
    const glance = await findOwnBooking(tx, known.id, wish.by);
    if (!glance) return;
    await lockPeople(tx, [glance.tutorId, glance.studentId]);
    const booking = (await findOwnBooking(tx, known.id, wish.by)) ?? glance;
    if (!isAhead(booking, tx.now)) return;

    // What was done to a lesson as it no longer is asks for nothing, but its calendar is to show it right again.
    if (known.version !== booking.version) return this.make(tx, booking, wish, 'overtaken');
    const timezone = await timezoneOfTutor(tx, booking.tutorId);
    const before = await openProposal(tx, booking.id, wish.by);
    if (before?.status === 'open' && isSame(before, wish)) return;
    if (before) {
      const outcome = before.status === 'expired' ? 'expired' : 'overtaken';
      await endProposal(tx, before.id, { outcome, by: null });
      announce(tx, proposalAnswered(before, booking, timezone, { outcome, by: null }));
    }
    if (!isThere(booking, wish)) await this.make(tx, booking, wish);
  }

  private async make(tx: Tx, booking: Booking, wish: Wish, outcome?: 'overtaken'): Promise<void> {
    const { by, kind, time } = wish;
    const newSlotId = time && !outcome ? await wantedSlot(tx, booking, time) : null;
    const end = outcome ?? (time && !newSlotId ? 'impossible' : null);
    const place = { newSlotId, newStartAt: time && time.startAt, newEndAt: time && time.endAt };
    const asked = { id: newId<ProposalId>(), kind, proposedBy: by, ...place, expiresAt: expiryOf(booking, wish) };
    const proposal = await insertProposal(tx, booking, asked, end ?? 'open');
    const timezone = await timezoneOfTutor(tx, booking.tutorId);
    if (end) {
      announce(tx, proposalAnswered(proposal, booking, timezone, { outcome: end, by: null }));
    } else {
      await this.changes.note(tx, booking, { by, action: 'proposed', reason: kind });
      announce(tx, proposalMade(proposal, booking, timezone));
    }
  }
}
