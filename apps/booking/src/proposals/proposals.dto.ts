import { Count, Flag, Instant, ListOf, Maybe, Nullable, OneOf, Text, Uuid } from '@scheduling/contracts';
import type { BookingId, PersonId, ProposalId, SlotId } from '@scheduling/domain';
import { Type } from 'class-transformer';
import { PROPOSAL_KINDS, PROPOSAL_STATUSES, type ProposalKind, type ProposalStatus } from './proposal-words.ts';
import type { Proposal } from './proposals.store.ts';

export class ListProposals {
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 50;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Uuid() readonly cursor?: ProposalId;
}

export class AnswerProposal {
  /** Whether it is to be as the other one asks. */
  @Flag() readonly accept!: boolean;
}

export class ProposalView {
  /** The proposal's id. */
  @Uuid() readonly proposal_id!: ProposalId;
  /** The booking that it is about. */
  @Uuid() readonly booking_id!: BookingId;
  /** Whether the lesson is to be moved or called off. */
  @OneOf(PROPOSAL_KINDS) readonly kind!: ProposalKind;
  /** Who asks for it: the student or the tutor. */
  @Uuid() readonly proposed_by!: PersonId;
  /** The slot that the lesson would move to; null unless it would move to one. */
  @Nullable() @Uuid() readonly new_slot_id!: SlotId | null;
  /** When the lesson would start, in UTC; null unless it would move. */
  @Nullable() @Instant() readonly new_start_at!: string | null;
  /** When the lesson would end, in UTC; null unless it would move. */
  @Nullable() @Instant() readonly new_end_at!: string | null;
  /** `open` while it can be answered; `impossible` where the tutor offers no such time, `overtaken` where something else changed first. */
  @OneOf(PROPOSAL_STATUSES) readonly status!: ProposalStatus;
  /** Who answered; null where nobody did. */
  @Nullable() @Uuid() readonly answered_by!: PersonId | null;
  /** When it was made, in UTC. */
  @Instant() readonly made_at!: string;
  /** From then on it cannot be answered. */
  @Instant() readonly expires_at!: string;

  /** Shows a proposal to the two whom it concerns. */
  static of(proposal: Proposal): ProposalView {
    return {
      proposal_id: proposal.id,
      booking_id: proposal.bookingId,
      kind: proposal.kind,
      proposed_by: proposal.proposedBy,
      new_slot_id: proposal.newSlotId,
      new_start_at: proposal.newStartAt && proposal.newStartAt.toISOString(),
      new_end_at: proposal.newEndAt && proposal.newEndAt.toISOString(),
      status: proposal.status,
      answered_by: proposal.answeredBy,
      made_at: proposal.madeAt.toISOString(),
      expires_at: proposal.expiresAt.toISOString(),
    };
  }
}

export class ProposalList {
  /** The newest first. */
  @ListOf(() => ProposalView, 100) readonly items!: ProposalView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Text(1, 36) readonly next_cursor!: string | null;

  /** Shows a page of proposals; one more than the limit tells that there is another page. */
  static of(found: readonly Proposal[], limit: number): ProposalList {
    const items = found.slice(0, limit).map(ProposalView.of);
    return { items, next_cursor: found.length > limit ? items.at(-1)!.proposal_id : null };
  }
}
