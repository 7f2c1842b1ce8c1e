import type { BookingId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** Lessons of series that are to be paid for by now, so many days ahead: those after an id, in the order of their ids. */
export async function dueLessons(
  tx: Tx,
  daysBefore: number,
  { after, limit }: { after: BookingId | null; limit: number },
): Promise<BookingId[]> {
  const due = await tx.sql<{ id: BookingId }>`
    select b.id from bookings b left join series_charges c on c.booking_id = b.id
     where b.status = 'pending_payment' and b.series_id is not null and b.payment_intent_id is null
       and b.start_at <= ${tx.now}::timestamptz + make_interval(days => ${daysBefore})
       and (c.next_attempt_at is null or c.next_attempt_at <= ${tx.now})
       and (${after}::uuid is null or b.id > ${after})
     order by b.id limit ${limit}`;
  return due.map(({ id }) => id);
}

/** Keeps that a charge was refused, or without a reason that a card is asked; answers whether it was the first attempt. */
export async function keepAttempt(tx: Tx, id: BookingId, code: string | null, nextAttemptAt: Date): Promise<boolean> {
  const [kept] = await tx.sql<{ attempts: number }>`
    insert into series_charges as known (booking_id, code, attempts, next_attempt_at)
    values (${id}, ${code}, 1, ${nextAttemptAt})
    on conflict (booking_id) do update
       set code = excluded.code, attempts = known.attempts + 1, next_attempt_at = excluded.next_attempt_at
    returning attempts`;
  return kept!.attempts === 1;
}

/** When the next attempt at charging a lesson is due; nothing before the first. */
export async function nextAttemptOf(tx: Tx, id: BookingId): Promise<Date | undefined> {
  const [known] = await tx.sql<{ at: Date }>`select next_attempt_at as at from series_charges where booking_id = ${id}`;
  return known?.at;
}
