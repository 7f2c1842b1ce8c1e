import { type PaymentsScenario, paymentsScenario } from './payments.scenario.ts';
import { unsound } from './soundness.ts';
import { UNSOUND } from './soundness.sql.ts';

const proposal = (version: string) => `
    insert into proposals (id, booking_id, booking_version, kind, proposed_by, status, made_at, expires_at)
    select gen_random_uuid(), id, ${version}, 'cancel', tutor_id, 'open', now(), start_at from bookings where status = 'confirmed'`;

/** What makes each of them true, of tables in which nothing is wrong. */
const BREAKAGES: Readonly<Record<keyof typeof UNSOUND, string>> = {
  'a person is in two lessons at once': `
    alter table claims drop constraint claims_one_lesson_at_a_time;
    update claims set during = (select range_merge(range_agg(during)) from claims)`,
  'a seat is claimed otherwise than by one hold or one booking': `update bookings set status = 'canceled'`,
  'a seat is claimed at another time than its lesson': `update slots set end_at = end_at + interval '1 minute'`,
  "a tutor's claim is not as long as the longest of the students'": `update claims set expires_at = now() where seat = 0`,
  'a slot shows another status than its seats': `update slots set status = 'closed' where status = 'booked'`,
  'a balance is not the sum of its transfers': `update balances set balance_cents = balance_cents + 1`,
  'a tutor is owed something else for a lesson than its price less what went back': `update bookings set price_cents = price_cents + 1`,
  'a lesson was paid for from another account than its method says, or not once': `
    update transfers set debit_account = 'platform' where kind = 'payment'`,
  'a booking has not the history that it says': `update bookings set version = 7`,
  'a step of a booking does not begin where the one before ended': `
    update audit set from_status = 'completed' where to_status = 'refunded'`,
  'a version of a booking is stated twice, or after a later one': `
    insert into outbox (event_id, topic, key, type, envelope)
    select gen_random_uuid(), topic, key, type, envelope from outbox where type like '%.BookingConfirmed.%'`,
  'the newest version of a booking is not stated': `delete from outbox where type like '%.BookingConfirmed.%'`,
  'a proposal can be answered about a booking that has changed since': proposal('version + 1'),
  'a proposal is not stated once, or its end is not': proposal('version'),
  'a hold is not stated once, or its end is not': `delete from outbox where type like '%.SlotReleased.%'`,
  'a seat is stated as held while another hold on it has not been stated as ended': `
    delete from outbox where type like '%.SlotReleased.%'`,
  'a lesson that a card pays stands without the money, or the money without the lesson': `
    update payments set outcome = 'failed' where outcome is not null`,
  'a period of a subscription has not as many lessons used as stand on it': `
    insert into plans values (gen_random_uuid(), 'p', 'week', 2, 0, 'USD', null, true, gen_random_uuid(), now(), now());
    insert into subscriptions (id, student_id, plan_id, starts_at, made_by, created_at)
    select gen_random_uuid(), gen_random_uuid(), id, now(), gen_random_uuid(), now() from plans;
    insert into subscription_periods (id, subscription_id, starts_at, ends_at, allowance, used)
    select gen_random_uuid(), id, now(), now() + interval '7 days', 2, 1 from subscriptions`,
};

describe('tables', () => {
  let s: PaymentsScenario;
  beforeAll(async () => {
    s = await paymentsScenario();
    const [slot, other] = [await s.slot(), await s.slot({ starts: ['2030-03-01T14:00:00.000Z'] })];
    await s.holds.release((await s.hold(s.person(), slot)).hold.studentId!, slot);
    const student = s.person();
    await s.grant(student, 5000);
    for (const taken of [slot, other]) {
      await s.hold(student, taken);
      await s.confirmByCredit(student, taken);
    }
    const { booking } = await s.book({ starts: ['2030-03-09T12:00:00.000Z'] });
    await s.cancel(booking.studentId, booking.id);
    await s.queue.idle();
    await s.book({ starts: ['2030-03-09T16:00:00.000Z'] });
  });
  afterAll(() => s.close());

  it('in which nothing is wrong are sound', async () => {
    expect(await unsound(s.source)).toEqual({});
  });

  it.each(Object.keys(UNSOUND))('are found out where %s', async (what) => {
    const runner = s.source.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query(BREAKAGES[what]!);
      expect(Object.keys(await unsound(runner))).toContain(what);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  });
});
