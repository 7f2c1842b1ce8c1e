/** What may never be, however things happened: each of these finds what is wrong, and finds nothing. */
export const UNSOUND: Readonly<Record<string, string>> = {
  'a person is in two lessons at once': `
    select a.person_id, a.slot_id, b.slot_id as other_id
      from claims a join claims b on a.person_id = b.person_id and a.slot_id < b.slot_id and a.during && b.during`,

  'a seat is claimed otherwise than by one hold or one booking': `
    with standing as (
      select slot_id, coalesce(student_id, id) as person_id, seat, expires_at from holds where status = 'held'
      union all
      select slot_id, student_id, seat, null from bookings where status in ('pending_payment', 'confirmed', 'completed')
    )
    select coalesce(c.slot_id, s.slot_id) as slot_id, c.person_id as claimed_by, s.person_id as standing_for, c.expires_at, s.expires_at as until
      from (select * from claims where seat > 0) c full join standing s using (slot_id, person_id, seat)
     where c.person_id is null or s.person_id is null or c.expires_at is distinct from s.expires_at`,

  'a seat is claimed at another time than its lesson': `
    select c.slot_id, c.during, s.start_at, s.end_at from claims c join slots s on s.id = c.slot_id
     where case when c.seat > 0 then c.during <> tstzrange(s.start_at, s.end_at)
                else not c.during @> tstzrange(s.start_at, s.end_at) or c.person_id <> s.tutor_id end`,

  "a tutor's claim is not as long as the longest of the students'": `
    with seats as (
      select slot_id, case when bool_or(expires_at is null) then 'infinity' else max(expires_at) end as until
        from claims where seat > 0 group by slot_id
    )
    select coalesce(t.slot_id, seats.slot_id) as slot_id, t.expires_at, seats.until
      from (select * from claims where seat = 0) t full join seats using (slot_id)
     where t.slot_id is null or seats.slot_id is null or coalesce(t.expires_at, 'infinity') <> seats.until`,

  'a slot shows another status than its seats': `
    select s.id, s.status, s.capacity, s.offered, s.withheld, taken.*
      from slots s, lateral (select count(*) as seats, count(expires_at) as held from claims where slot_id = s.id and seat > 0) as taken
     where taken.seats > s.capacity
        or s.status <> case when taken.seats >= s.capacity and taken.held > 0 then 'held' when taken.seats >= s.capacity then 'booked'
                            when s.offered and not s.withheld then 'open' else 'closed' end`,

  'a balance is not the sum of its transfers': `
    with moves as (
      select credit_account as account, currency, amount_cents as cents from transfers
      union all select debit_account, currency, -amount_cents from transfers
    ), sums as (
      select substr(account, 9)::uuid as person_id, currency, sum(cents) as cents from moves where account like 'student:%' group by 1, 2
    )
    select person_id, currency, b.balance_cents, sums.cents from balances b full join sums using (person_id, currency)
     where b.balance_cents is distinct from sums.cents`,

  'a tutor is owed something else for a lesson than its price less what went back': `
    with moves as (
      select booking_id, credit_account as account, amount_cents as cents, currency from transfers where booking_id is not null
      union all select booking_id, debit_account, -amount_cents, currency from transfers where booking_id is not null
    )
    select b.id, b.status, b.price_cents, b.refunded_cents, owed.cents
      from bookings b,
           lateral (select coalesce(sum(cents), 0) as cents from moves m
                     where m.booking_id = b.id and m.account = 'tutor:' || b.tutor_id and m.currency = b.currency) as owed,
           lateral (select exists (select from audit a where a.booking_id = b.id and a.to_status = 'confirmed') as so) as paid
     where owed.cents <> case when paid.so then b.price_cents - b.refunded_cents else 0 end`,

  'a lesson was paid for from another account than its method says, or not once': `
    select b.id, b.status, b.payment_method, count(t.id)
      from bookings b left join transfers t on t.booking_id = b.id and t.kind = 'payment'
       and t.credit_account = 'tutor:' || b.tutor_id
       and t.debit_account = case b.payment_method when 'credit' then 'student:' || b.student_id when 'stripe' then 'stripe' else 'platform' end
     where b.status in ('confirmed', 'completed') and b.price_cents > 0 and b.reschedules = 0
     group by b.id having count(t.id) <> 1`,

  'a booking has not the history that it says': `
    select b.id, b.status, b.version, last.*
      from bookings b left join lateral (
        select to_status, version from audit where booking_id = b.id order by id desc limit 1) as last on true
     where (last.to_status, last.version) is distinct from (b.status, b.version)`,

  'a step of a booking does not begin where the one before ended': `
    select * from (
      select booking_id, from_status, version, lag(to_status) over steps as before, lag(version) over steps as version_before
        from audit window steps as (partition by booking_id order by id)) as step
     where from_status is distinct from before or version not between coalesce(version_before, 1) and coalesce(version_before, 0) + 1`,

  'a version of a booking is stated twice, or after a later one': `
    select * from (
      select envelope #>> '{data,booking_id}' as booking_id, type, (envelope #>> '{data,version}')::int as version,
             lag((envelope #>> '{data,version}')::int) over (partition by envelope #>> '{data,booking_id}' order by id) as before
        from outbox where type like '%.Booking%' or type like '%.LessonLinkReady.%') as stated
     where version <= before`,

  'the newest version of a booking is not stated': `
    select b.id, b.status, b.version from bookings b
     where not exists (select from outbox where (type like '%.Booking%' or type like '%.LessonLinkReady.%') and envelope #>> '{data,booking_id}' = b.id::text
                          and (envelope #>> '{data,version}')::int = b.version and envelope #>> '{data,status}' = b.status)`,

  'a proposal can be answered about a booking that has changed since': `
    select p.id, p.booking_version, b.version, b.status from proposals p join bookings b on b.id = p.booking_id
     where p.status = 'open' and (p.booking_version <> b.version or b.status not in ('pending_payment', 'confirmed'))`,

  'a proposal is not stated once, or its end is not': `
    with stated as (
      select envelope #>> '{data,proposal_id}' as id, count(*) filter (where type like '%.ProposalMade.%') as made,
             count(*) filter (where type like '%.ProposalAnswered.%') as ended, max(envelope #>> '{data,outcome}') as outcome
        from outbox where type like '%.Proposal%' group by 1
    )
    select p.id, p.status, stated.* from proposals p left join stated on stated.id = p.id::text
     where coalesce(stated.ended, 0) <> (p.status <> 'open')::int or coalesce(stated.outcome, 'open') <> p.status
        or p.status in ('open', 'accepted', 'refused', 'expired') and coalesce(stated.made, 0) <> 1`,

  'a hold is not stated once, or its end is not': `
    with stated as (
      select envelope #>> '{data,hold_id}' as hold_id, count(*) filter (where type like '%.SlotHeld.%') as held,
             count(*) filter (where type like '%.SlotReleased.%') as released
        from outbox where type like '%.SlotHeld.%' or type like '%.SlotReleased.%' group by 1
    )
    select h.id, h.kind, h.status, h.student_id, stated.held, stated.released
      from holds h left join stated on stated.hold_id = h.id::text
     where coalesce(held, 0) <> (h.student_id is not null)::int
        or coalesce(released, 0) > (h.status in ('lapsed', 'released'))::int
        or h.student_id is not null and coalesce(released, 0) <> (h.status in ('lapsed', 'released'))::int`,

  'a seat is stated as held while another hold on it has not been stated as ended': `
    with stated as (
      select o.id, o.type, h.slot_id, h.seat, h.id as hold_id, lag(h.id) over seat as before, lag(o.type) over seat as type_before
        from outbox o join holds h on h.id = (o.envelope #>> '{data,hold_id}')::uuid
       where o.type like '%.SlotHeld.%' or o.type like '%.SlotReleased.%'
      window seat as (partition by h.slot_id, h.seat order by o.id)
    )
    select stated.* from stated join holds b on b.id = before
     where type like '%.SlotHeld.%' and type_before like '%.SlotHeld.%' and b.status <> 'confirmed'`,

  'a lesson that a card pays stands without the money, or the money without the lesson': `
    select b.id, b.status, p.state, p.outcome, p.refunded_cents from bookings b join payments p on p.id = b.id
     where case when b.status in ('confirmed', 'completed') then p.outcome is distinct from 'captured'
                else p.outcome = 'captured' and p.refunded_cents <> b.refunded_cents and b.status <> 'pending_payment' end
       and b.payment_method = 'stripe'`,

  'a period of a subscription has not as many lessons used as stand on it': `
    select n.id, n.used, count(b.id) as booked
      from subscription_periods n
      left join bookings b on b.period_id = n.id
       and not exists (select from audit a where a.booking_id = b.id and a.action = 'allowance_restored')
     group by n.id having n.used <> count(b.id)`,
};
