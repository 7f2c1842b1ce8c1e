import type { PersonId } from '@scheduling/domain';
import { isActive } from '../bookings/booking-states.policy.ts';
import type { Booking } from '../bookings/bookings.entity.ts';
import type { ProposalKind } from './proposal-words.ts';
import { OwnProposal, ProposalOver } from './proposals.errors.ts';
import type { Proposal, Proposed } from './proposals.store.ts';

/** What somebody did to a lesson in their calendar. */
export interface Wish {
  readonly by: PersonId;
  readonly kind: ProposalKind;
  /** Where it was moved to; null where it was taken out. */
  readonly time: { readonly startAt: Date; readonly endAt: Date } | null;
}

/** Whether anything can still be asked about a lesson. */
export const isAhead = (booking: Booking, now: Date): boolean => isActive(booking) && booking.startAt > now;

/** Whether a lesson stands where it is wanted. */
export const isThere = (booking: Booking, { time }: Wish): boolean =>
  time !== null && at(time.startAt) === at(booking.startAt) && at(time.endAt) === at(booking.endAt);

/** Whether a proposal asks for just this. */
export const isSame = ({ kind, newStartAt, newEndAt }: Proposed, wish: Wish): boolean =>
  kind === wish.kind && at(newStartAt) === at(wish.time?.startAt) && at(newEndAt) === at(wish.time?.endAt);

/** Until when a proposal can be answered: the lesson has not begun, and would not have. */
export const expiryOf = ({ startAt }: Booking, { time }: Wish): Date =>
  time && time.startAt < startAt ? time.startAt : startAt;

/** Whether a proposal has been answered with just this; refuses who may not answer, and where it ended otherwise. */
export function isAnsweredSo(proposal: Proposal, by: PersonId, answer: 'accepted' | 'refused'): boolean {
  if (proposal.proposedBy === by) throw new OwnProposal(proposal);
  if (proposal.status === 'open' || proposal.status === answer) return proposal.status === answer;
  throw new ProposalOver(proposal);
}

const at = (instant: Date | null | undefined): number | undefined => instant?.getTime();
