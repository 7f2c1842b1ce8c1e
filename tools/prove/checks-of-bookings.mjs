const LIVE = `(select * from booking.bookings where status = 'confirmed')`;
/** A better link is a version that takes no other time. */
const LINKS = `(select count(*) from booking.audit where booking_id = b.id and action = 'link_ready')`;
const ANY = (table) => `ctid = (select min(ctid) from ${table})`;

/** What booking itself keeps. */
export const BOOKINGS = [
  () => ({
    name: 'every order is one confirmed booking, and there is no other',
    wrong: `
      select o.n, o.booking_id, o.refusal, b.id from proof.orders o
        full join ${LIVE} b on (b.id, b.slot_id, b.student_id) = (o.booking_id, o.slot_id, o.student_id)
       where o.booking_id is null or b.id is null
      union all
      select min(n), booking_id, 'twice', null from proof.orders group by booking_id having count(*) > 1`,
    tamperings: [
      `delete from proof.orders where ${ANY('proof.orders')}`,
      `insert into proof.orders select * from proof.orders where ${ANY('proof.orders')}`,
      `update booking.bookings set status = 'canceled' where ${ANY('booking.bookings')}`,
    ],
  }),
  () => ({
    name: 'nobody is in two lessons at once',
    wrong: `
      select a.slot_id, b.slot_id as other, a.person_id from booking.claims a
        join booking.claims b on a.person_id = b.person_id and a.during && b.during and a.slot_id < b.slot_id`,
    tamperings: [
      `alter table booking.claims drop constraint claims_one_lesson_at_a_time;
       update booking.claims c set during = (select d.during from booking.claims d
         where d.person_id = c.person_id and d.slot_id <> c.slot_id limit 1)
        where ${ANY('booking.claims where seat = 0').replace('ctid', 'c.ctid')}`,
    ],
  }),
  () => ({
    name: 'the seats taken are the live bookings, and each slot says so',
    wrong: `
      with seats as (
        select b.slot_id, person, 1 as tutor from ${LIVE} b, unnest(array[b.student_id, b.tutor_id]) person)
      select s.slot_id, s.person, c.slot_id as claimed, c.person_id, c.expires_at::text as odd from seats s
        full join booking.claims c on (c.slot_id, c.person_id) = (s.slot_id, s.person)
       where s.slot_id is null or c.slot_id is null or c.expires_at is not null
      union all
      select s.id, b.id, null, null, s.status from booking.slots s left join ${LIVE} b on b.slot_id = s.id
       where (s.status = 'booked') <> (b.id is not null) or s.status = 'held'
      union all
      select h.slot_id, h.id, null, null, h.status from booking.holds h left join ${LIVE} b on b.id = h.id
       where (h.status = 'confirmed') <> (b.id is not null)`,
    tamperings: [
      `delete from booking.claims where ${ANY('booking.claims')}`,
      `update booking.claims set expires_at = now() where ${ANY('booking.claims')}`,
      `update booking.slots set status = 'open' where status = 'booked'`,
      `update booking.holds set status = 'lapsed' where ${ANY('booking.holds')}`,
    ],
  }),
  () => ({
    name: 'balances are the sums of transfers, and each booking is paid once',
    wrong: `
      with moved as (
        select person, sum(amount)::bigint as cents from (
          select replace(credit_account, 'student:', '') as person, amount_cents as amount from booking.transfers
           where credit_account like 'student:%'
          union all
          select replace(debit_account, 'student:', ''), -amount_cents from booking.transfers
           where debit_account like 'student:%') as both_ways
        group by person)
      select b.person_id::text, m.person, b.balance_cents, m.cents from booking.balances b
        full join moved m on m.person = b.person_id::text
       where b.balance_cents is distinct from m.cents
      union all
      select b.id::text, 'payments', count(t.id), sum(t.amount_cents)::bigint from ${LIVE} b
        left join booking.transfers t on t.booking_id = b.id and t.kind = 'payment'
         and t.debit_account = 'student:' || b.student_id and t.credit_account = 'tutor:' || b.tutor_id
       group by b.id, b.price_cents having count(t.id) <> 1 or sum(t.amount_cents) <> b.price_cents
      union all
      select t.debit_account, 'grants', count(*), null from booking.transfers t where kind = 'grant'
       group by debit_account, credit_account having count(*) > 1
      union all
      select null, 'strays', t.id, null from booking.transfers t left join ${LIVE} b on b.id = t.booking_id
       where t.kind <> 'grant' and b.id is null`,
    tamperings: [
      `update booking.balances set balance_cents = balance_cents + 1 where ${ANY('booking.balances')}`,
      `delete from booking.transfers where kind = 'payment' and ${ANY("booking.transfers where kind = 'payment'")}`,
      `insert into booking.transfers (debit_account, credit_account, amount_cents, currency, kind, booking_id, made_by, made_at)
       select debit_account, credit_account, amount_cents, currency, kind, booking_id, made_by, made_at
         from booking.transfers where kind = 'payment' limit 1`,
    ],
  }),
  () => ({
    name: 'the taken windows of availability are the live bookings of booking',
    wrong: `
      select b.id, t.id as taken, b.start_at, t.start_at as taken_at from ${LIVE} b
        full join (select * from availability.taken_windows where kind <> 'free') t
          on t.id = b.id and t.kind = 'booked' and (t.tutor_id, t.start_at, t.end_at, t.version)
             = (b.tutor_id, b.start_at, b.end_at, b.version - ${LINKS})
       where b.id is null or t.id is null`,
    tamperings: [
      `delete from availability.taken_windows where ${ANY('availability.taken_windows')}`,
      `update availability.taken_windows set kind = 'held', version = 0 where ${ANY('availability.taken_windows')}`,
    ],
  }),
];
