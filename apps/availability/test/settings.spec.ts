import { onDay, type Scenario, scenario, type Tutor } from './scenario.ts';

const POLICY = '3f0d3c5e-0c59-4f0e-9d2a-6b1f5a7c8e05';
/** What every tutor has until they say otherwise. */
const DEFAULTS = {
  timezone: 'UTC',
  lesson_minutes: 60,
  start_step_minutes: null,
  price_cents: 2500,
  currency: 'USD',
  capacity: 1,
  horizon_days: 56,
  minimum_notice_minutes: 120,
  buffer_before_minutes: 0,
  buffer_after_minutes: 0,
  maximum_lessons_per_day: null,
  maximum_lessons_per_week: null,
  cancellation_policy_id: null,
  on_unreachable: 'last_known',
};
const OTHERS = {
  timezone: 'Europe/Kyiv',
  lesson_minutes: 45,
  start_step_minutes: 15,
  price_cents: 3000,
  currency: 'EUR',
  capacity: 4,
  horizon_days: 30,
  minimum_notice_minutes: 60,
  buffer_before_minutes: 5,
  buffer_after_minutes: 10,
  maximum_lessons_per_day: 3,
  maximum_lessons_per_week: 12,
  cancellation_policy_id: POLICY,
  on_unreachable: 'closed',
};

describe('a tutor’s settings', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
  });
  beforeEach(async () => {
    tutor = await s.tutor();
  });
  afterAll(() => s.end());

  it('are the defaults until a tutor says otherwise', async () => {
    expect((await tutor.settings()).body).toEqual({ ...DEFAULTS, version: 0 });
    expect((await tutor.change({})).body).toEqual({ ...DEFAULTS, version: 1 });
    expect((await tutor.settings()).body).toEqual({ ...DEFAULTS, version: 1 });
  });

  it('are all kept', async () => {
    expect(await tutor.change(OTHERS)).toMatchObject({ status: 200, body: OTHERS });
    expect((await tutor.settings()).body).toEqual({ ...OTHERS, version: 1 });
  });

  it.each(Object.keys(OTHERS) as (keyof typeof OTHERS)[])('keep what is not given, and %s is', async (field) => {
    const changed = { ...DEFAULTS, [field]: OTHERS[field], version: 1 };
    expect((await tutor.change({ [field]: OTHERS[field] })).body).toEqual(changed);
    await tutor.change(OTHERS);
    expect((await tutor.change({ [field]: OTHERS[field] })).body).toEqual({ ...OTHERS, version: 3 });
  });

  it('lose by null what may be missing', async () => {
    await tutor.change(OTHERS);
    const nothing = {
      start_step_minutes: null,
      maximum_lessons_per_day: null,
      maximum_lessons_per_week: null,
      cancellation_policy_id: null,
    };
    expect((await tutor.change(nothing)).body).toEqual({ ...OTHERS, ...nothing, version: 2 });
  });

  it('are what booking must enforce, and only where there is something to enforce', async () => {
    await tutor.offer({ ...onDay(5, 9, 12), is_recurring: false });
    const terms = {
      timezone: 'UTC',
      currency: 'USD',
      buffer_before_minutes: 0,
      buffer_after_minutes: 0,
      minimum_notice_minutes: 120,
    };
    expect((await s.last(tutor.id)).terms).toEqual(terms);
    await tutor.change(OTHERS);
    expect(await s.last(tutor.id)).toMatchObject({
      schedule_version: 2,
      terms: {
        timezone: 'Europe/Kyiv',
        currency: 'EUR',
        buffer_before_minutes: 5,
        buffer_after_minutes: 10,
        minimum_notice_minutes: 60,
        maximum_lessons_per_day: 3,
        maximum_lessons_per_week: 12,
        cancellation_policy_id: POLICY,
      },
      openings: [{ minutes: 45, price_cents: 3000, capacity: 4 }],
    });
  });

  it('let a lesson start at each step at which a whole one fits', async () => {
    await tutor.offer({ ...onDay(5, 9, 11), is_recurring: false });
    await tutor.change({ start_step_minutes: 20 });
    const starts = ['09:00', '09:20', '09:40', '10:00'].map((time) => `2030-03-05T${time}:00.000Z`);
    expect(await s.starts(tutor.id)).toEqual(starts);
  });

  it('say how far slots are open', async () => {
    await tutor.offer({ ...onDay(5, 9, 10), is_recurring: true, rrule_string: 'FREQ=DAILY' });
    const until = async () => (await s.starts(tutor.id)).at(-1)!.slice(0, 10);
    expect(await until()).toBe('2030-04-25');
    await tutor.change({ horizon_days: 7 });
    expect(await until()).toBe('2030-03-07');
    await tutor.change({ horizon_days: 366 });
    expect(await until()).toBe('2031-03-01');
  });
});
