import { ForwardOnly } from '@scheduling/persistence';

export class FreeSlotsWantedTerms1795449600000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Who is free: slots of all tutors by start. A held one is among them, since its hold may have run out.
    create index slots_free_by_start on slots (start_at, tutor_id)
     where status in ('open', 'held') and offered and not withheld and deleted_at is null;

    -- What the tutor wants of a slot whose claims keep it as it was taken; it holds once they are gone. Null: the same.
    alter table slots
      add wanted_end_at      timestamptz,
      add wanted_price_cents int check (wanted_price_cents >= 0),
      add wanted_currency    text,
      add wanted_capacity    smallint check (wanted_capacity > 0),
      add constraint slots_wanted_together
        check (num_nulls(wanted_end_at, wanted_price_cents, wanted_currency, wanted_capacity) in (0, 4));
  `;
}
