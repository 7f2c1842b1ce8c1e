import { SCHEMAS } from './proof-schema.mjs';

const ANY = (table) => `ctid = (select min(ctid) from ${table})`;
const STATED = `(select distinct envelope ->> 'type' as type, event_id, envelope -> 'data' as data from proof.log)`;
const perSchema = (query) => SCHEMAS.map(query).join(' union all ');
const confirmed = `envelope ->> 'type' = 'scheduling.booking.BookingConfirmed.v1'`;

/**
 * How often a fact should have been stated, by what each service keeps; `id` is the thing, `times` how often. Each publication
 * of the population opens slots. Of a booking, its history says what has become of it.
 */
const OWED = `
  select 'scheduling.booking.' || fact || '.v1' as type, booking_id::text as id, count(*) as times
    from (select booking_id, case
                   when to_status = 'pending_payment' and from_status is null then 'BookingPendingPayment'
                   when to_status = 'confirmed' and from_status is distinct from 'confirmed' then 'BookingConfirmed'
                   when to_status = 'canceled' and from_status <> 'canceled' then 'BookingCanceled'
                   when to_status = 'completed' and from_status <> 'completed' then 'BookingCompleted'
                   when action = 'rescheduled' then 'BookingRescheduled'
                   when action = 'no_show' then 'BookingNoShow'
                   when action = 'link_ready' then 'LessonLinkReady' end as fact
            from booking.audit) as become
   where fact is not null group by fact, booking_id
  union all select 'scheduling.booking.BookingRefunded.v1', payment_id::text, count(*)
              from booking.refunds join booking.bookings b on b.id = payment_id where state = 'returned' group by payment_id
  union all select 'scheduling.booking.SlotHeld.v1', id::text, 1 from booking.holds where student_id is not null
  union all select 'scheduling.booking.SlotReleased.v1', id::text, 1 from booking.holds
             where status in ('lapsed', 'released')
  union all select 'scheduling.booking.WaitlistOffered.v1', id::text, 1 from booking.holds
             where kind = 'waitlist' and student_id is not null
  union all select 'scheduling.booking.SeriesBooked.v1', id::text, 1 from booking.series
  union all select 'scheduling.booking.SeriesDatesSkipped.v1', d.series_id::text, count(*) from booking.series_dates d
              join proof.history h on h.type = 'scheduling.booking.SeriesBooked.v1'
                                  and h.envelope -> 'data' ->> 'series_id' = d.series_id::text
             where d.status = 'skipped' and h.envelope -> 'data' -> 'dates' -> (d.number - 1) ->> 'status' <> 'skipped'
             group by d.series_id
  union all select 'scheduling.notification.NotificationDelivered.v1', id::text, 1 from notification.messages
             where state = 'delivered'
  union all select 'scheduling.calendar-sync.LessonEventCreated.v1', booking_id::text, count(*)
              from calendar_sync.lesson_events group by booking_id
  union all select 'scheduling.calendar-sync.CalendarConnected.v1', user_id::text, connection_version
              from calendar_sync.busy_readings
  union all select 'scheduling.calendar-sync.CalendarBusyChanged.v1', user_id::text, version
              from calendar_sync.busy_readings
  union all select 'scheduling.accounts.UserChanged.v1', id::text, version from accounts.users
  union all select 'scheduling.availability.OpeningsPublished.v1', tutor_id::text, version from availability.schedules
  union all select 'scheduling.booking.SlotsChanged.v1', tutor_id::text, version from booking.schedules`;
const NAMED = `
  coalesce(data ->> 'notification_id', data ->> 'booking_id', data ->> 'hold_id', data ->> 'series_id', data ->> 'user_id', data ->> 'tutor_id')`;

/** What was stated, what the log holds, and what was heard. */
export const FACTS = [
  (logKeepsOne) => ({
    name: `the log has every fact of the outboxes${logKeepsOne ? ' exactly once' : ''}, and no other`,
    wrong: `
      select coalesce(h.event_id, l.event_id) as event_id, max(h.type) as type, count(l.n) as times from proof.history h
        full join proof.log l on l.event_id = h.event_id and l.envelope = h.envelope
       group by h.event_id, l.event_id having count(h.n) = 0 or count(l.n) ${logKeepsOne ? '<> 1' : '= 0'}`,
    tamperings: [
      `delete from proof.log where event_id = (select event_id from proof.log limit 1)`,
      `insert into proof.log (event_id, envelope) select gen_random_uuid(), envelope from proof.log limit 1`,
      `update proof.log set envelope = '{}' where ${ANY('proof.log')}`,
      ...(logKeepsOne
        ? [`insert into proof.log (event_id, envelope) select event_id, envelope from proof.log limit 1`]
        : []),
    ],
  }),
  () => ({
    name: 'facts with one key stand in the log in the order in which they were stated',
    wrong: `
      with places as (
        select split_part(h.type, '.', 2) as service, h.key, h.n as stated, min(l.n) as logged
          from proof.history h join proof.log l using (event_id)
         group by 1, 2, 3),
      ranks as (
        select *, rank() over (partition by service, key order by stated) as first_said,
               rank() over (partition by service, key order by logged) as then_logged from places)
      select * from ranks where first_said <> then_logged`,
    tamperings: [
      // The first one moves to the end with all its copies: a log may hold what it was sent twice.
      `insert into proof.log (event_id, envelope)
       select event_id, envelope from proof.log where ${confirmed} order by n limit 1;
       delete from proof.log as copy
        where event_id = (select event_id from proof.log where ${confirmed} order by n limit 1)
          and n < (select max(n) from proof.log where event_id = copy.event_id)`,
    ],
  }),
  () => ({
    name: 'every service stated each of its facts once',
    wrong: `
      with owed as (${OWED}), said as (
        select type, ${NAMED} as id, count(*) as times from ${STATED} s group by 1, 2)
      select * from owed full join said using (type, id) where owed.times is distinct from said.times`,
    tamperings: [
      `delete from proof.log where event_id = (select event_id from proof.log where ${confirmed} limit 1)`,
      `insert into proof.log (event_id, envelope)
       select gen_random_uuid(), envelope from proof.log where ${confirmed} limit 1`,
    ],
  }),
  () => ({
    name: 'every group has exactly one receipt for each fact that it hears',
    wrong: `
      select consumer_group, event_id, max(due.type) as type, count(r.event_id) as receipts
        from (select distinct consumer_group, event_id, type from proof.hearing join proof.history using (type)) due
        full join (select *, 1 as one from proof.receipts) r using (consumer_group, event_id)
       group by 1, 2 having count(r.one) <> 1 or count(due.type) = 0
      union all
      select consumer_group, null, 'an unknown group', 0 from (${perSchema((schema) => `select consumer_group from ${schema}.consumer_groups`)}) g
       where consumer_group not in (select consumer_group from proof.hearing)`,
    tamperings: [
      `delete from proof.receipts where ${ANY('proof.receipts')}`,
      `insert into proof.receipts select * from proof.receipts limit 1`,
      `insert into proof.receipts select consumer_group, gen_random_uuid() from proof.receipts limit 1`,
      `delete from proof.hearing where consumer_group = 'booking.slots'`,
    ],
  }),
  () => ({
    name: 'what accounts and availability stated is what their listeners keep',
    wrong: `
      select u.id, u.version, r.version as heard from accounts.users u full join notification.recipients r on r.user_id = u.id
       where u.version is distinct from r.version
      union all
      select a.tutor_id, a.version, b.version from availability.schedules a full join booking.schedules b using (tutor_id)
       where a.version is distinct from b.version`,
    tamperings: [
      `delete from notification.recipients where ${ANY('notification.recipients')}`,
      `update booking.schedules set version = version - 1 where ${ANY('booking.schedules')}`,
    ],
  }),
  () => ({
    name: 'nothing is left in an outbox, to be tried again, or given up',
    wrong: perSchema(
      (schema) => `
        select '${schema}' as service, 'outbox' as place, event_id, null as error from ${schema}.outbox
        union all select '${schema}', 'failed', event_id, last_error from ${schema}.failed_deliveries
        union all select '${schema}', 'dead', event_id, error from ${schema}.dead_letters`,
    ),
    tamperings: [
      `insert into booking.outbox (event_id, topic, key, type, envelope)
       select event_id, 'x', key, type, envelope from proof.history limit 1`,
      `insert into notification.dead_letters
       select consumer_group, event_id, '{}', 'x', 1, now(), null from proof.receipts limit 1`,
    ],
  }),
];
