const CONFIRMED = `(select * from notification.messages where kind = 'booking_confirmed' and channel = 'email' and state = 'sent')`;
/**
 * A better link is not told to whom their calendar shows it, and all have one here; a reminder comes in time or not at all, and one
 * that is due later waits; a hint at the end of a hold, or a word about a payment under way, is for when they last.
 */
const RIGHT = `(state in ('sent', 'delivered')
             or kind = 'lesson_link_ready' and state = 'skipped'
             or kind in ('lesson_tomorrow', 'lesson_soon') and (state = 'skipped' or state = 'planned' and next_attempt_at > now())
             or kind in ('hold_expiring', 'booking_pending_payment') and state in ('revoked', 'skipped'))`;
const ONE = `notification.messages where kind = 'booking_confirmed' and channel = 'email'`;
const ANY = (table) => `ctid = (select min(ctid) from ${table})`;

/** What notification keeps, and what arrived in the world outside. */
export const MAILS = [
  () => ({
    name: 'every booking has one ledger row a person and way, and each is sent',
    wrong: `
      with due as (select b.id, person from booking.bookings b, unnest(array[b.student_id, b.tutor_id]) person
                    where b.status = 'confirmed')
      select d.id, d.person, m.id as row, m.recipient_id, null as state from due d
        full join ${CONFIRMED} m on (m.booking_id, m.recipient_id) = (d.id, d.person)
       where d.id is null or m.id is null
      union all
      select booking_id, recipient_id, null, null, 'rows: ' || count(*) from notification.messages
       group by booking_id, recipient_id, kind, channel having count(*) > 1
      union all
      select booking_id, recipient_id, id, null, state from notification.messages where not ${RIGHT}`,
    tamperings: [
      `delete from notification.messages where ${ANY(ONE)}`,
      `update notification.messages set state = 'failed', sent_at = null where ${ANY(ONE)}`,
      `insert into notification.messages (booking_id, booking_version, recipient_id, channel, kind, event, state,
                                          next_attempt_at, message_id, created_at, sent_at)
       select booking_id, booking_version + 1, recipient_id, channel, kind, event, state, next_attempt_at, 'x', created_at, sent_at
         from ${ONE} limit 1`,
    ],
  }),
  () => ({
    name: 'the sink has one Message-ID a ledger row, at the address of its person',
    wrong: `
      with said as (select m.message_id, lower(u.email) as "to" from notification.messages m
                      join accounts.users u on u.id = m.recipient_id where channel = 'email' and state = 'sent')
      select s.message_id, s."to", i.message_id as arrived, i."to" as at from said s
        full join (select distinct message_id, lower("to") as "to" from proof.inbox) i using (message_id, "to")
       where s.message_id is null or i.message_id is null
          or not exists (select from proof.inbox where message_id = s.message_id)
          or not exists (select from said where message_id = i.message_id)`,
    tamperings: [
      `delete from proof.inbox where message_id = (select min(message_id) from proof.inbox)`,
      `insert into proof.inbox values ('<stray@nowhere>', 'x@y')`,
      `update proof.inbox set "to" = 'x@y' where message_id = (select min(message_id) from proof.inbox)`,
    ],
  }),
  () => ({
    name: 'raw repeats of mails: at most one a kill of notification',
    wrong: `
      select * from (select count(*) - count(distinct message_id) as repeats,
                            (select sum(kills) from proof.deaths where service = 'notification') as kills
                       from proof.inbox) as seen
       where repeats > kills`,
    tamperings: ['insert into proof.inbox select * from proof.inbox'],
  }),
  () => ({
    name: 'no service died by itself',
    wrong: `select service, own from proof.deaths where own > 0`,
    tamperings: [`update proof.deaths set own = 1 where ${ANY('proof.deaths')}`],
  }),
];
