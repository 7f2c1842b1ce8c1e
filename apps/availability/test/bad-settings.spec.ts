import { answerTo, anyone, invalid, malformed, type Refused } from './refused.ts';
import { type Scenario, scenario, type Tutor } from './scenario.ts';

const unknownZone = invalid('unknown_timezone', 'timezone');

describe('what cannot be meant', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
    tutor = await s.tutor();
    await tutor.offer();
  });
  afterAll(() => s.end());

  it.each<[string, unknown, Refused]>([
    ['JSON that is none', '{]', malformed()],
    ['a list', [], malformed()],
    ['a timezone that is null', { timezone: null }, malformed('timezone')],
    ['a timezone that is empty', { timezone: '' }, malformed('timezone')],
    ['the timezone constructor', { timezone: 'constructor' }, unknownZone],
    ['the timezone +05:30', { timezone: '+05:30' }, unknownZone],
    ['an unknown field', { timezone: 'UTC', tutor_id: anyone }, malformed('tutor_id')],
    ['ten years ahead', { horizon_days: 3650 }, malformed('horizon_days')],
    ['no day ahead', { horizon_days: 0 }, malformed('horizon_days')],
    ['a step of nothing', { start_step_minutes: 0 }, malformed('start_step_minutes')],
    ['a step of five hours', { start_step_minutes: 300 }, malformed('start_step_minutes')],
    ['no seat', { capacity: 0 }, malformed('capacity')],
    ['a stadium', { capacity: 1001 }, malformed('capacity')],
    ['seats that are null', { capacity: null }, malformed('capacity')],
    ['a horizon that is null', { horizon_days: null }, malformed('horizon_days')],
    ['no lesson a day', { maximum_lessons_per_day: 0 }, malformed('maximum_lessons_per_day')],
    ['97 lessons a day', { maximum_lessons_per_day: 97 }, malformed('maximum_lessons_per_day')],
    ['673 lessons a week', { maximum_lessons_per_week: 673 }, malformed('maximum_lessons_per_week')],
    ['lessons a week in words', { maximum_lessons_per_week: '7' }, malformed('maximum_lessons_per_week')],
    ['a policy that is none', { cancellation_policy_id: 'secret' }, malformed('cancellation_policy_id')],
    ['no minute', { timezone: 'UTC', lesson_minutes: 0 }, malformed('lesson_minutes')],
    ['five hours', { timezone: 'UTC', lesson_minutes: 300 }, malformed('lesson_minutes')],
    ['a part of a minute', { timezone: 'UTC', lesson_minutes: 45.5 }, malformed('lesson_minutes')],
    ['minutes in words', { timezone: 'UTC', lesson_minutes: '45' }, malformed('lesson_minutes')],
    ['minutes that are null', { timezone: 'UTC', lesson_minutes: null }, malformed('lesson_minutes')],
    ['a price below nothing', { timezone: 'UTC', price_cents: -1 }, malformed('price_cents')],
    ['a price without measure', '{"timezone":"UTC","price_cents":1e999}', malformed('price_cents')],
    ['a currency in small letters', { timezone: 'UTC', currency: 'usd' }, malformed('currency')],
    ['a buffer of a day', { timezone: 'UTC', buffer_before_minutes: 1440 }, malformed('buffer_before_minutes')],
    ['a buffer below nothing', { timezone: 'UTC', buffer_after_minutes: -5 }, malformed('buffer_after_minutes')],
    ['a year’s notice', { timezone: 'UTC', minimum_notice_minutes: 525_600 }, malformed('minimum_notice_minutes')],
    ['a body over 100 kB', { timezone: 'x'.repeat(100_001) }, [413, 'body_too_large']],
  ])('is refused as settings: %s', async (_, body, refused) => {
    expect(await answerTo(s, () => tutor.change(body), refused)).toEqual(refused);
  });
});
