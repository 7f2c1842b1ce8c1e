import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Proposed } from '../proposals/proposals.store.ts';
import type { Booking, BookingStatus } from './bookings.entity.ts';

/** Who did what to a booking, and why. */
export interface Entry {
  /** Null: the system did it. */
  readonly by: PersonId | null;
  /** A word such as `canceled`. */
  readonly action: string;
  /** What a person wrote, or a code. */
  readonly reason?: string | null;
}

/** Keeps a new booking and the beginning of its history. */
export async function insertBooking(tx: Tx, booking: Booking, { by, action, reason }: Entry): Promise<void> {
  await tx.prepared`
    with made as (
      insert into bookings (id, slot_id, seat, student_id, tutor_id, start_at, end_at, status, price_cents, currency,
                            payment_method, payment_intent_id, period_id, series_id, join_link, join_link_source, policy, version,
                            refunded_cents, reschedules, free_cancellation, created_at, updated_at)
      values (${booking.id}, ${booking.slotId}, ${booking.seat}, ${booking.studentId}, ${booking.tutorId}, ${booking.startAt},
              ${booking.endAt}, ${booking.status}, ${booking.priceCents}, ${booking.currency}, ${booking.paymentMethod},
              ${booking.paymentIntentId}, ${booking.periodId}, ${booking.seriesId}, ${booking.joinLink},
              ${booking.joinLinkSource}, ${JSON.stringify(booking.policy)}, ${booking.version}, ${booking.refundedCents}, ${booking.reschedules},
              ${booking.freeCancellation}, ${booking.createdAt}, ${booking.updatedAt})
      returning id, status, version, updated_at)
    insert into audit (booking_id, at, by, action, to_status, version, reason)
    select id, updated_at, ${by}::uuid, ${action}, status, version, ${reason ?? null} from made`;
}

/** Keeps what has changed of a booking, and adds it to its history; answers the proposals that are overtaken by it. */
export async function updateBooking(
  tx: Tx,
  booking: Booking,
  from: BookingStatus,
  { by, action, reason }: Entry,
): Promise<Proposed[]> {
  return tx.prepared<Proposed>`
    with changed as (
      update bookings
         set slot_id = ${booking.slotId}, seat = ${booking.seat}, start_at = ${booking.startAt}, end_at = ${booking.endAt},
             status = ${booking.status}, price_cents = ${booking.priceCents}, payment_method = ${booking.paymentMethod},
             payment_intent_id = ${booking.paymentIntentId}, period_id = ${booking.periodId}, version = ${booking.version},
             canceled_by = ${booking.canceledBy}, cancel_reason = ${booking.cancelReason},
             cancel_cause = ${booking.cancelCause}, refunded_cents = ${booking.refundedCents},
             reschedules = ${booking.reschedules}, free_cancellation = ${booking.freeCancellation},
             no_show_by = ${booking.noShowBy}, join_link = ${booking.joinLink}, join_link_source = ${booking.joinLinkSource},
             updated_at = ${booking.updatedAt}
       where id = ${booking.id}
      returning id, status, version, updated_at
    ), told as (
      insert into audit (booking_id, at, by, action, from_status, to_status, version, reason)
      select id, updated_at, ${by}::uuid, ${action}, ${from}, status, version, ${reason ?? null} from changed
    )
    update proposals set status = 'overtaken', ended_at = ${tx.now}
     where booking_id = ${booking.id} and status = 'open'
    returning id, kind, proposed_by as "proposedBy", new_slot_id as "newSlotId", new_start_at as "newStartAt",
              new_end_at as "newEndAt"`;
}

/** Adds to the history of a booking what has not changed it. */
export async function tellOf(tx: Tx, { id, status, version }: Booking, { by, action, reason }: Entry): Promise<void> {
  await tx.prepared`
    insert into audit (booking_id, at, by, action, from_status, to_status, version, reason)
    values (${id}, ${tx.now}, ${by}, ${action}, ${status}, ${status}, ${version}, ${reason ?? null})`;
}

/** Whether something of this name has happened to a booking. */
export async function hasHappened(tx: Tx, { id }: Booking, action: string): Promise<boolean> {
  const [answer] = await tx.prepared<{ some: boolean }>`
    select exists (select from audit where booking_id = ${id} and action = ${action}) as some`;
  return answer!.some;
}
