import type { BookingId, PersonId } from '@scheduling/domain';
import type { Glance } from '@scheduling/persistence';
import { studentAccount, type Transfer } from './transfers.store.ts';

/** One change of a person's credits. */
export interface Entry {
  readonly id: number;
  readonly kind: Transfer['kind'];
  /** Below zero where it took some away. */
  readonly cents: number;
  readonly currency: string;
  readonly bookingId: BookingId | null;
  readonly reason: string | null;
  readonly madeAt: Date;
}

/** What changed a person's credits, the newest first, before one that has been seen, if any: two reads by an index each, which no `or` is. */
export async function entriesOf(
  glance: Glance,
  person: PersonId,
  { before, limit }: { before: number | null; limit: number },
): Promise<Entry[]> {
  const account = studentAccount(person);
  const last = before ?? Number.MAX_SAFE_INTEGER;
  const rows = await glance.sql<Omit<Entry, 'id' | 'cents'> & { id: string; cents: string }>`
    select t.id, t.kind, t.cents, t.currency, t.booking_id as "bookingId", t.reason, t.made_at as "madeAt"
      from ((select id, kind, amount_cents as cents, currency, booking_id, reason, made_at
               from transfers where credit_account = ${account} and id < ${last} order by id desc limit ${limit})
            union all
            (select id, kind, -amount_cents, currency, booking_id, reason, made_at
               from transfers where debit_account = ${account} and id < ${last} order by id desc limit ${limit})) t
     order by t.id desc limit ${limit}`;
  return rows.map((row) => ({ ...row, id: Number(row.id), cents: Number(row.cents) }));
}
