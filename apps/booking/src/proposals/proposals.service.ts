import { Injectable } from '@nestjs/common';
import type { BookingId, PersonId, ProposalId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, lockPeople, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { BookingChanges } from '../bookings/booking-changes.service.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import { BookingNotFound } from '../bookings/bookings.errors.ts';
import { findBooking, findOwnBooking, timezoneOfTutor } from '../bookings/bookings.store.ts';
import { CancelService } from '../bookings/cancel.service.ts';
import { ReschedulesService } from '../reschedules/reschedules.service.ts';
import { proposalAnswered } from './proposal-facts.ts';
import type { End } from './proposal-words.ts';
import { ProposalNotFound } from './proposals.errors.ts';
import { isAnsweredSo } from './proposals.policy.ts';
import { dueProposals, endProposal, findProposal, listProposals, type Proposal } from './proposals.store.ts';

/** Who answers which proposal, and how. */
export interface Answer {
  readonly by: PersonId;
  readonly bookingId: BookingId;
  readonly proposalId: ProposalId;
  readonly accept: boolean;
}

const BATCH = 100;

@Injectable()
export class ProposalsService {
  constructor(
    private readonly db: Database,
    private readonly changes: BookingChanges,
    private readonly reschedules: ReschedulesService,
    private readonly canceling: CancelService,
  ) {}

  /** The proposals about a booking of this person's, the newest first. */
  list(person: PersonId, bookingId: BookingId, page: { after: ProposalId | null; limit: number }): Promise<Proposal[]> {
    return this.db.transaction(async (tx) => {
      if (!(await findOwnBooking(tx, bookingId, person))) throw new BookingNotFound(bookingId);
      return listProposals(tx, bookingId, page);
    });
  }

  /**
   * Answers a proposal of the other's: accepted, the lesson is moved or called off in the same transaction, by the rules that bind who
   * proposed it. Where those refuse, the proposal stays open. A repeat changes nothing.
   */
  answer(answer: Answer, request: Repeatable): Promise<Proposal> {
    return this.db.transaction((tx) => once(tx, request, () => this.answerIn(tx, answer)));
  }

  private async answerIn(tx: Tx, answer: Answer): Promise<Proposal> {
    const { by, accept } = answer;
    const outcome = accept ? 'accepted' : 'refused';
    const glance = await this.find(tx, answer);
    if (isAnsweredSo(glance, by, outcome)) return glance;
    const booking = await this.lock(tx, glance, answer);
    const proposal = await this.find(tx, answer);
    if (isAnsweredSo(proposal, by, outcome)) return proposal;

    // Ended before the booking changes: what is open then is overtaken.
    await this.changes.note(tx, booking, { by, action: `proposal_${outcome}`, reason: proposal.kind });
    await endProposal(tx, proposal.id, { outcome, by });
    const changed = accept ? await this.carryOut(tx, booking, proposal) : booking;
    await this.tell(tx, proposal, changed, { outcome, by });
    return { ...proposal, status: outcome, answeredBy: by };
  }

  private async find(tx: Tx, { by, bookingId, proposalId }: Answer): Promise<Proposal> {
    if (!(await findOwnBooking(tx, bookingId, by))) throw new BookingNotFound(bookingId);
    const proposal = await findProposal(tx, bookingId, proposalId);
    if (!proposal) throw new ProposalNotFound(proposalId);
    return proposal;
  }

  private lock(tx: Tx, { newSlotId, proposedBy }: Proposal, { bookingId, accept, by }: Answer): Promise<Booking> {
    return accept && newSlotId
      ? this.reschedules.lock(tx, { by: proposedBy, bookingId, newSlotId, reason: null })
      : this.canceling.lock(tx, by, bookingId);
  }

  private carryOut(tx: Tx, booking: Booking, { newSlotId, proposedBy: by }: Proposal): Promise<Booking> {
    return newSlotId
      ? this.reschedules.moveIn(tx, booking, { by, bookingId: booking.id, newSlotId, reason: null })
      : this.canceling.cancelIn(tx, booking, { by, reason: null, reopen: false });
  }

  private async tell(tx: Tx, proposal: Proposal, booking: Booking, end: End): Promise<void> {
    announce(tx, proposalAnswered(proposal, booking, await timezoneOfTutor(tx, booking.tutorId), end));
  }

  /** Ends the proposals that nobody has answered in time, each in a transaction of its own; answers how many. */
  async expire(batch = BATCH): Promise<number> {
    for (let ended = 0; ;) {
      const due = await this.db.transaction((tx) => dueProposals(tx, batch));
      for (const { id, bookingId } of due) ended += await this.db.transaction((tx) => this.expireIn(tx, bookingId, id));
      if (due.length < batch) return ended;
    }
  }

  private async expireIn(tx: Tx, bookingId: BookingId, id: ProposalId): Promise<number> {
    const glance = await findBooking(tx, bookingId);
    await lockPeople(tx, [glance!.tutorId, glance!.studentId]);
    const [booking, proposal] = [await findBooking(tx, bookingId), await findProposal(tx, bookingId, id)];
    const end = { outcome: 'expired', by: null } as const;
    if (!(await endProposal(tx, id, end))) return 0;
    await this.tell(tx, proposal!, booking!, end);
    return 1;
  }
}
