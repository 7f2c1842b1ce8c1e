import type { PersonId } from '@scheduling/domain';
import { instant, onDay, RULE, type Scenario, scenario, type Tutor } from './scenario.ts';

const HOURLY = { ...onDay(4, 0, 1), is_recurring: true, rrule_string: 'FREQ=HOURLY', timezone: 'UTC' };

describe('more than can be worked out for one tutor', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
  });
  afterAll(() => s.end());

  /** As much as a tutor may come to have by what was allowed before, written past the service's own refusals. */
  const fill = (table: string, many: number, of: PersonId = tutor.id) =>
    s.source.query(
      table === 'blocks'
        ? `insert into availability_blocks (id, tutor_id, start_at, end_at, is_recurring, rrule, timezone, timezone_source, exdates, created_at)
           select gen_random_uuid(), $1, $2, $2::timestamptz + interval '1 hour', true, 'FREQ=HOURLY', 'UTC', 'default', '{}', now()
             from generate_series(1, $3)`
        : `insert into time_off_blocks (id, tutor_id, start_at, end_at, rrule, timezone, created_at)
           select gen_random_uuid(), $1, $2, $2::timestamptz + interval '1 minute', 'FREQ=HOURLY', 'UTC', now()
             from generate_series(1, $3)`,
      [of, instant(4, 0), many],
    );

  it('is no more than is kept: a block beyond it is refused, and the ones before it are not', async () => {
    let last = await tutor.offer(HOURLY);
    for (let many = 1; many < 40 && last.status === 201; many++) last = await tutor.offer(HOURLY);
    expect(last).toMatchObject({ status: 422, body: { code: 'too_much_to_work_out', limit: 200_000, per: 'steps' } });
    const { items } = (await tutor.blocks()).body;
    expect(items.length).toBeGreaterThan(5);
    expect(await s.published(tutor.id)).toHaveLength(items.length);

    const before = await s.everything();
    expect(await tutor.change({ horizon_days: 300 })).toMatchObject({
      status: 422,
      body: { code: 'too_much_to_work_out' },
    });
    expect(await s.everything()).toEqual(before);
    expect((await s.starts(tutor.id)).length).toBeGreaterThan(1000);
  });

  it('does not keep what is there from being published, or from getting less', async () => {
    await fill('blocks', 150);
    expect(await tutor.offer(RULE)).toMatchObject({ status: 422 });
    expect(await tutor.change({ price_cents: 1 })).toMatchObject({ status: 200 });
    expect((await s.starts(tutor.id)).slice(0, 2)).toEqual([instant(4, 0), instant(4, 1)]);
    expect(await tutor.takeOff(onDay(4, 0, 24))).toMatchObject({ status: 201 });
    expect((await s.starts(tutor.id))[0]).toBe(instant(5, 0));
    const { items } = (await tutor.blocks()).body;
    expect(await tutor.withdraw(items[0]!.availability_id!)).toMatchObject({ status: 204 });
    expect(await s.published(tutor.id)).toHaveLength(3);
  });

  it('takes the rest away where it is time off', async () => {
    await tutor.offer(HOURLY);
    await fill('time off', 200);
    const off = { ...onDay(4, 9, 10), is_recurring: true, rrule_string: 'FREQ=DAILY', timezone: 'UTC' };
    expect(await tutor.takeOff(off)).toMatchObject({ status: 422, body: { code: 'too_much_to_work_out' } });
    await tutor.change({ price_cents: 1 });
    expect(await s.starts(tutor.id)).toEqual([]);
  });

  it('is 200 kinds of lessons', async () => {
    await s.source.query(
      `insert into availability_blocks (id, tutor_id, start_at, end_at, is_recurring, timezone, timezone_source, exdates, price_cents, created_at)
       select gen_random_uuid(), $1, $2, $2::timestamptz + interval '1 hour', false, 'UTC', 'default', '{}', n, now()
         from generate_series(1, 199) as n`,
      [tutor.id, instant(4, 0)],
    );
    const hours = [{ start: '09:00', end: '10:00' }];
    expect(await tutor.override('2030-03-05', { mode: 'extra', hours })).toMatchObject({ status: 200 });
    const another = await tutor.override('2030-03-06', { mode: 'extra', hours, capacity: 7 });
    expect(another).toMatchObject({ status: 422, body: { code: 'too_many_kinds', limit: 200 } });
    expect(await tutor.override('2030-03-06', { mode: 'extra', hours, price_cents: 7 })).toMatchObject({ status: 200 });
  });
});
