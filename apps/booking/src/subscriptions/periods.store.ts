import { type BookingId, newId, type PeriodId, type PersonId, type SubscriptionId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Span } from './periods.policy.ts';

/** Begins a period by the calendar, at whose end the next is due. */
export async function rollTo(tx: Tx, id: SubscriptionId, { startsAt, endsAt }: Span, allowance: number): Promise<void> {
  await tx.prepared`
    with rolled as (
      update subscriptions set rolls_at = ${endsAt} where id = ${id}
    )
    insert into subscription_periods (id, subscription_id, starts_at, ends_at, allowance)
    values (${newId<PeriodId>()}, ${id}, ${startsAt}, ${endsAt}, ${allowance})`;
}

/** Keeps a period that was paid for; one that is there keeps its allowance, and ends as is said now. */
export async function keepPeriod(
  tx: Tx,
  id: SubscriptionId,
  { startsAt, endsAt }: Span,
  allowance: number,
): Promise<void> {
  await tx.prepared`
    insert into subscription_periods as known (id, subscription_id, starts_at, ends_at, allowance)
    values (${newId<PeriodId>()}, ${id}, ${startsAt}, ${endsAt}, ${allowance})
    on conflict on constraint periods_one_per_start do update set ends_at = excluded.ends_at
     where known.ends_at <> excluded.ends_at`;
}

/** Takes a lesson out of the allowance of a student that ends first, for a booking that then names it; null where there is none. */
export async function takeLesson(tx: Tx, student: PersonId, bookingId: BookingId): Promise<PeriodId | null> {
  const [taken] = await tx.prepared<{ id: PeriodId }>`
    with taken as (
      update subscription_periods set used = used + 1
       where id = (select n.id from subscription_periods n join subscriptions s on s.id = n.subscription_id
                    where s.student_id = ${student} and n.starts_at <= ${tx.now} and n.ends_at > ${tx.now} and n.used < n.allowance
                    order by n.ends_at, n.id limit 1)
      returning id
    ), paid as (
      update bookings set period_id = taken.id from taken where bookings.id = ${bookingId}
    )
    select id from taken`;
  return taken?.id ?? null;
}

/** Gives a lesson back to the period that paid for it; false, and it has gone with the period, where that is over. */
export async function returnLesson(tx: Tx, id: PeriodId): Promise<boolean> {
  const returned = await tx.prepared<{ id: PeriodId }>`
    update subscription_periods set used = used - 1 where id = ${id} and ends_at > ${tx.now} returning id`;
  return returned.length > 0;
}

/** What all of a student's periods that run now pay for, and when the first of them ends; null without one. */
export async function currentAllowance(tx: Tx, student: PersonId): Promise<{ allowance: number; endsAt: Date } | null> {
  const [found] = await tx.sql<{ allowance: number; endsAt: Date | null }>`
    select coalesce(sum(n.allowance), 0)::int as allowance, min(n.ends_at) as "endsAt"
      from subscription_periods n join subscriptions s on s.id = n.subscription_id
     where s.student_id = ${student} and n.starts_at <= ${tx.now} and n.ends_at > ${tx.now}`;
  return found?.endsAt ? { allowance: found.allowance, endsAt: found.endsAt } : null;
}
