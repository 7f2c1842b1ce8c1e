import type { Money, PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';

/** A student's credits in one currency, or in the one that changed last; nothing in US dollars for whoever never had any. */
export async function balanceOf(tx: Tx, person: PersonId, currency?: string): Promise<Money> {
  const [balance] = await tx.sql<{ cents: string; currency: string }>`
    select balance_cents as cents, currency from balances
     where person_id = ${person} and (${currency}::text is null or currency = ${currency})
     order by changed_at desc, currency
     limit 1`;
  return balance
    ? { cents: Number(balance.cents), currency: balance.currency }
    : { cents: 0, currency: currency ?? 'USD' };
}

/** Takes so much from a balance; false, and nothing is taken, where it is lower. */
export async function takeCredit(tx: Tx, person: PersonId, { cents, currency }: Money): Promise<boolean> {
  const taken = await tx.prepared<{ person: PersonId }>`
    update balances set balance_cents = balance_cents - ${cents}, changed_at = ${tx.now}
     where person_id = ${person} and currency = ${currency} and balance_cents >= ${cents}
    returning person_id as person`;
  return taken.length > 0;
}

/** Adds so much to a balance, which begins with it where there was none. */
export async function addCredit(tx: Tx, person: PersonId, { cents, currency }: Money): Promise<void> {
  await tx.prepared`
    insert into balances as known (person_id, currency, balance_cents, changed_at)
    values (${person}, ${currency}, ${cents}, ${tx.now})
    on conflict (person_id, currency) do update
       set balance_cents = known.balance_cents + excluded.balance_cents, changed_at = excluded.changed_at`;
}
