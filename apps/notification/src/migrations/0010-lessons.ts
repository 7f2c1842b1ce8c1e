import { ForwardOnly } from '@scheduling/persistence';

export class Lessons1795720000005 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- What booking last said of each lesson.
    create table lessons (
      booking_id uuid        primary key,
      version    bigint      not null,
      tutor_id   uuid        not null,
      student_id uuid        not null,
      start_at   timestamptz not null,
      end_at     timestamptz not null,
      status     text        not null,
      join_link  text        not null
    );
    -- Whose day holds which lessons.
    create index lessons_by_tutor on lessons (tutor_id, start_at);

    -- The ledger has the states of lessons that people have been told of.
    insert into lessons
    select distinct on (booking_id) booking_id, booking_version, (event ->> 'tutor_id')::uuid, (event ->> 'student_id')::uuid,
           (event ->> 'start_at')::timestamptz, (event ->> 'end_at')::timestamptz, event ->> 'status', event ->> 'join_link'
      from messages
     where kind in ('booking_confirmed', 'booking_rescheduled', 'booking_canceled', 'booking_refunded', 'lesson_link_ready')
     order by booking_id, booking_version desc;

    -- Who booked before there were reminders is reminded too.
    insert into messages (booking_id, booking_version, recipient_id, channel, kind, event, state, next_attempt_at, due_at,
                          message_id, created_at)
    select told.booking_id, told.booking_version, told.recipient_id, way.channel, reminder.kind, told.event, 'planned', due.at, due.at,
           format('<%s.%s.%s.%s%s@%s', reminder.kind, told.booking_id, told.booking_version, told.recipient_id, way.mark,
                  split_part(told.message_id, '@', 2)), now()
      from (select distinct on (booking_id, recipient_id) messages.* from messages
             where kind in ('booking_confirmed', 'booking_rescheduled') and event ->> 'status' = 'confirmed'
             order by booking_id, recipient_id, booking_version desc) as told
      join lessons on lessons.booking_id = told.booking_id and lessons.status = 'confirmed'
       and lessons.start_at = (told.event ->> 'start_at')::timestamptz
     cross join (values ('lesson_tomorrow', interval '24 hours'), ('lesson_soon', interval '2 hours')) as reminder (kind, before)
     cross join (values ('email', ''), ('in_app', '.in_app')) as way (channel, mark)
     cross join lateral (select lessons.start_at - reminder.before as at) as due
     where due.at > now()
    on conflict do nothing;
  `;
}
