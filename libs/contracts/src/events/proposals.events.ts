import type { PersonId, ProposalId, SlotId } from '@scheduling/domain';
import { Instant, Nullable, OpenWord, Uuid } from '../fields.ts';
import { booked, ids } from './booking.examples.ts';
import { BookingState } from './booking-state.ts';
import { EventType } from './event.ts';

/** What one of the two people of a lesson proposes to the other; nothing has changed yet. */
abstract class Proposed extends BookingState {
  /** The proposal. */
  @Uuid() readonly proposal_id!: ProposalId;
  /** `reschedule` or `cancel`. */
  @OpenWord() readonly kind!: string;
  /** Who proposes it: the student or the tutor. */
  @Uuid() readonly proposed_by!: PersonId;
  /** The slot that the lesson would move to; null unless it would move to one. */
  @Nullable() @Uuid() readonly new_slot_id!: SlotId | null;
  /** When the lesson would start; null unless it would move. */
  @Nullable() @Instant() readonly new_start_at!: string | null;
  /** When the lesson would end; null unless it would move. */
  @Nullable() @Instant() readonly new_end_at!: string | null;
}

const proposed = {
  ...booked,
  proposal_id: '7a4f0c9e-1d52-4b7a-8e63-0c9d2f4b6a07',
  kind: 'reschedule',
  proposed_by: ids.tutor_id,
  new_slot_id: '3f0a9c1b-8c62-4c43-9d25-1d6a5e7b7d05',
  new_start_at: '2026-12-08T14:00:00.000Z',
  new_end_at: '2026-12-08T15:00:00.000Z',
};

/** One of the two people of a lesson asks the other to move it or to call it off. */
@EventType<ProposalMade>({
  type: 'scheduling.booking.ProposalMade.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...proposed, expires_at: '2026-12-07T14:00:00.000Z' }],
})
export class ProposalMade extends Proposed {
  /** When it ends by itself, unanswered. */
  @Instant() readonly expires_at!: string;
}

/** A proposal has come to its end; where it was accepted, the booking's own event says what has changed. */
@EventType<ProposalAnswered>({
  type: 'scheduling.booking.ProposalAnswered.v1',
  key: (event) => event.tutor_id,
  examples: [{ ...proposed, answered_by: ids.student_id, outcome: 'refused' }],
})
export class ProposalAnswered extends Proposed {
  /** Who answered; null where nobody did. */
  @Nullable() @Uuid() readonly answered_by!: PersonId | null;
  /** `accepted`, `refused`, `expired`, `impossible` where no free time of the tutor's fits it, or `overtaken` by another change. */
  @OpenWord() readonly outcome!: string;
}
