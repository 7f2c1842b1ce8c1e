const ANY = (table) => `ctid = (select min(ctid) from ${table})`;

/** What stands in the calendars of the world outside, and what we know of it. */
export const CALENDARS = [
  () => ({
    name: 'every booking stands once in the calendar of each of its two people, at its time, with its link',
    wrong: `
      with due as (select b.id, lower(u.email) as email, b.start_at, b.end_at, b.join_link
                     from booking.bookings b, unnest(array[b.student_id, b.tutor_id]) person
                     join accounts.users u on u.id = person
                    where b.status = 'confirmed')
      select d.id, d.email, c.booking_id, c.email as at, c.link from due d
        full join proof.calendars c on (c.booking_id, c.email, c.start_at, c.end_at, c.link)
                                     = (d.id, d.email, d.start_at, d.end_at, d.join_link)
       where d.id is null or c.booking_id is null
      union all
      select booking_id, email, null, 'times: ' || count(*), null from proof.calendars group by booking_id, email having count(*) > 1`,
    tamperings: [
      `delete from proof.calendars where ${ANY('proof.calendars')}`,
      `insert into proof.calendars select * from proof.calendars where ${ANY('proof.calendars')}`,
      `update proof.calendars set start_at = start_at + interval '1 hour' where ${ANY('proof.calendars')}`,
      `update proof.calendars set link = 'https://meet.jit.si/lesson' where ${ANY('proof.calendars')}`,
    ],
  }),
  () => ({
    name: 'every booking has the link that the calendar of its tutor gave',
    wrong: `
      select b.id, b.join_link, e.join_link as given from booking.bookings b
        left join calendar_sync.lesson_events e on e.booking_id = b.id and e.side = 'tutor'
       where b.status = 'confirmed' and b.join_link is distinct from e.join_link`,
    tamperings: [`update booking.bookings set join_link = 'https://meet.jit.si/x' where ${ANY('booking.bookings')}`],
  }),
];
