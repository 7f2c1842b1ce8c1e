import { ForwardOnly } from '@scheduling/persistence';

export class LifecycleAudit1795500000000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    alter table bookings
      add seat              smallint    check (seat > 0), -- Null in what was booked before seats were kept here.
      add series_id         uuid,
      add period_id         uuid, -- The subscription's period whose allowance paid.
      add reschedules       int         not null default 0 check (reschedules >= 0),
      add free_cancellation boolean     not null default false, -- The tutor moved it: the student may leave until the start.
      add no_show_by        text        check (no_show_by in ('student', 'tutor')),
      add cancel_cause      text;
    -- An intent pays for one lesson.
    create unique index bookings_one_per_intent on bookings (payment_intent_id) where payment_intent_id is not null;
    -- What the lessons are that stand in a slot.
    create index bookings_of_slot on bookings (slot_id);

    -- A hold without a student keeps a seat for whoever is named next; its claim is the hold's own.
    alter table holds
      add kind text not null default 'student' check (kind in ('student', 'waitlist', 'series')),
      alter student_id drop not null,
      add constraint holds_named check (student_id is not null or kind <> 'student');
    -- How many a student asked for lately.
    create index holds_of_student_lately on holds (student_id, held_at) where kind = 'student';
    create index holds_unnamed on holds (tutor_id) where student_id is null and status = 'held';

    alter table transfers
      drop constraint transfers_kind_check,
      add constraint transfers_kind_check
        check (kind in ('grant', 'correction', 'payment', 'refund', 'price_difference')) not valid;
    alter table transfers validate constraint transfers_kind_check;
    -- A person's statement, newest first, from either side.
    create index transfers_from on transfers (debit_account, id);
    create index transfers_to on transfers (credit_account, id);

    -- What became of each booking: appended to in the transaction that changed it, never written over.
    create table audit (
      id          bigint      generated always as identity primary key,
      booking_id  uuid        not null references bookings,
      at          timestamptz not null,
      by          uuid, -- None: the system did it.
      action      text        not null,
      from_status text,
      to_status   text        not null,
      version     int         not null,
      reason      text
    );
    create index audit_of_booking on audit (booking_id, id);
  `;
}
