import type { BookingId, PersonId, ProposalId, SlotId } from '@scheduling/domain';
import { statement, type Tx } from '@scheduling/persistence';
import type { Booking } from '../bookings/bookings.entity.ts';
import type { End, ProposalKind, ProposalStatus } from './proposal-words.ts';

/** Who asks for what. */
export interface Proposed {
  readonly id: ProposalId;
  readonly kind: ProposalKind;
  readonly proposedBy: PersonId;
  /** Null unless the lesson would move, and the tutor offers a slot there. */
  readonly newSlotId: SlotId | null;
  /** Null unless the lesson would move. */
  readonly newStartAt: Date | null;
  readonly newEndAt: Date | null;
}

/** A proposal, and what became of it. */
export interface Proposal extends Proposed {
  /** Whichever was made later has a higher one. */
  readonly number: string;
  readonly bookingId: BookingId;
  /** The version of the booking that it is about. */
  readonly bookingVersion: number;
  readonly status: ProposalStatus;
  readonly answeredBy: PersonId | null;
  readonly madeAt: Date;
  /** From then on it cannot be answered. */
  readonly expiresAt: Date;
}

// What the clock has changed shows before it is written down.
const PROPOSAL = `
  p.id, p.number::text, p.booking_id as "bookingId", p.booking_version as "bookingVersion", p.kind, p.proposed_by as "proposedBy",
  p.new_slot_id as "newSlotId", p.new_start_at as "newStartAt", p.new_end_at as "newEndAt", p.answered_by as "answeredBy",
  p.made_at as "madeAt", p.expires_at as "expiresAt",
  case when p.status = 'open' and p.expires_at <= $1 then 'expired' else p.status end as status`;

const INSERT = statement(`
  insert into proposals as p (id, booking_id, booking_version, kind, proposed_by, new_slot_id, new_start_at, new_end_at, status,
                              made_at, expires_at, ended_at)
  values ($2, $3, $4, $5, $6, $7, $8, $9, $10, $1, $11, case when $10 <> 'open' then $1::timestamptz end)
  returning ${PROPOSAL}`);

/** Keeps a proposal; where it cannot be answered, it has ended with that. */
export async function insertProposal(
  tx: Tx,
  { id: bookingId, version }: Booking,
  made: Proposed & Pick<Proposal, 'expiresAt'>,
  status: ProposalStatus,
): Promise<Proposal> {
  const { id, kind, proposedBy, newSlotId, newStartAt, newEndAt, expiresAt } = made;
  const wish = [kind, proposedBy, newSlotId, newStartAt, newEndAt];
  const [row] = await tx.run<Proposal>(INSERT, [tx.now, id, bookingId, version, ...wish, status, expiresAt]);
  return row!;
}

const FIND = statement(`select ${PROPOSAL} from proposals p where p.id = $2 and p.booking_id = $3`);

/** A proposal about a booking. */
export async function findProposal(tx: Tx, bookingId: BookingId, id: ProposalId): Promise<Proposal | null> {
  const [proposal] = await tx.run<Proposal>(FIND, [tx.now, id, bookingId]);
  return proposal ?? null;
}

const LIST = statement(`
  select ${PROPOSAL} from proposals p
   where p.booking_id = $2
     and ($3::uuid is null or p.number < (select number from proposals where id = $3 and booking_id = $2))
   order by p.number desc limit $4`);

/** The proposals about a booking, the newest first, after one that has been seen, if any. */
export function listProposals(
  tx: Tx,
  bookingId: BookingId,
  { after, limit }: { after: ProposalId | null; limit: number },
): Promise<Proposal[]> {
  return tx.run<Proposal>(LIST, [tx.now, bookingId, after, limit]);
}

const OPEN = statement(`
  select ${PROPOSAL} from proposals p where p.booking_id = $2 and p.proposed_by = $3 and p.status = 'open'`);

/** What somebody asks of the other just now, or asked until the clock ended it. */
export async function openProposal(tx: Tx, bookingId: BookingId, by: PersonId): Promise<Proposal | null> {
  const [proposal] = await tx.run<Proposal>(OPEN, [tx.now, bookingId, by]);
  return proposal ?? null;
}

/** Ends a proposal; false if it had ended. */
export async function endProposal(tx: Tx, id: ProposalId, { outcome, by }: End): Promise<boolean> {
  const ended = await tx.prepared<{ id: ProposalId }>`
    update proposals set status = ${outcome}, answered_by = ${by}, ended_at = ${tx.now}
     where id = ${id} and status = 'open' returning id`;
  return ended.length > 0;
}

const DUE = statement(`
  select ${PROPOSAL} from proposals p where p.status = 'open' and p.expires_at <= $1 order by p.expires_at, p.id limit $2`);

/** Proposals whose time is over and that nobody has ended yet, the longest ago first. */
export function dueProposals(tx: Tx, limit: number): Promise<Proposal[]> {
  return tx.run<Proposal>(DUE, [tx.now, limit]);
}
