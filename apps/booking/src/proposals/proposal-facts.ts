import { ProposalAnswered, ProposalMade } from '@scheduling/contracts';
import { bookingFacts } from '../bookings/booking-facts.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import type { End } from './proposal-words.ts';
import type { Proposal, Proposed } from './proposals.store.ts';

/** A proposal that waits for an answer. */
export const proposalMade = (proposal: Proposal, booking: Booking, timezone: string): ProposalMade =>
  ProposalMade.of({ ...factsOf(proposal, booking, timezone), expires_at: proposal.expiresAt.toISOString() });

/** A proposal that has ended, and the booking as it is since. */
export const proposalAnswered = (proposal: Proposed, booking: Booking, timezone: string, end: End): ProposalAnswered =>
  ProposalAnswered.of({ ...factsOf(proposal, booking, timezone), answered_by: end.by, outcome: end.outcome });

const factsOf = (proposal: Proposed, booking: Booking, timezone: string) => ({
  ...bookingFacts(booking, timezone),
  proposal_id: proposal.id,
  kind: proposal.kind,
  proposed_by: proposal.proposedBy,
  new_slot_id: proposal.newSlotId,
  new_start_at: proposal.newStartAt && proposal.newStartAt.toISOString(),
  new_end_at: proposal.newEndAt && proposal.newEndAt.toISOString(),
});
