import { answerTo, invalid, malformed, type Refused } from './refused.ts';
import { instant, type Scenario, scenario, type Tutor } from './scenario.ts';

const HOURS = [{ start: '09:00', end: '12:00' }];

describe('an override that cannot be meant', () => {
  let s: Scenario;
  let tutor: Tutor;
  beforeAll(async () => {
    s = await scenario();
    tutor = await s.tutor();
    await tutor.offer();
    await tutor.override('2030-03-20', { mode: 'instead', hours: [] });
  });
  afterAll(() => s.end());

  it.each<[string, unknown, Refused]>([
    ['JSON that is none', '{', malformed()],
    ['nothing', {}, malformed('mode')],
    ['no hours', { mode: 'extra' }, malformed('hours')],
    ['hours that are null', { mode: 'instead', hours: null }, malformed('hours')],
    ['hours that are a text', { mode: 'extra', hours: '09:00-12:00' }, malformed('hours')],
    ['hours that are none', { mode: 'extra', hours: [null] }, malformed('hours.0')],
    ['hours with more to them', { mode: 'extra', hours: [{ ...HOURS[0], price: 1 }] }, malformed('hours.0.price')],
    ['49 stretches', { mode: 'extra', hours: Array(49).fill(HOURS[0]) }, malformed('hours')],
    ['an unknown mode', { mode: 'less', hours: HOURS }, malformed('mode')],
    ['an unknown field', { mode: 'extra', hours: HOURS, date: '2030-03-06' }, malformed('date')],
    [
      'a timezone that is none',
      { mode: 'extra', hours: HOURS, timezone: 'GMT+2' },
      invalid('unknown_timezone', 'timezone'),
    ],
    ['lessons of 14 minutes', { mode: 'extra', hours: HOURS, lesson_minutes: 14 }, malformed('lesson_minutes')],
    ['extra, but nothing', { mode: 'extra', hours: [] }, invalid('hours_missing', 'hours')],
    ...['9:000', '24:00', '09.00', '-1:00', '09:60', '25:00', '09:0\u0661'].map((start): [string, unknown, Refused] => [
      `the hour ${start}`,
      { mode: 'extra', hours: [{ start, end: '24:00' }] },
      invalid('hours_not_understood', 'hours'),
    ]),
    [
      'half an hour of letters',
      { mode: 'extra', hours: [{ start: 'nine', end: '12:00' }] },
      malformed('hours.0.start'),
    ],
    [
      'an end before the start',
      { mode: 'extra', hours: [{ start: '12:00', end: '09:00' }] },
      invalid('hours_not_understood', 'hours'),
    ],
    [
      'an end at the start',
      { mode: 'extra', hours: [{ start: '12:00', end: '12:00' }] },
      invalid('hours_not_understood', 'hours'),
    ],
    [
      'an end after the day',
      { mode: 'extra', hours: [{ start: '12:00', end: '24:01' }] },
      invalid('hours_not_understood', 'hours'),
    ],
    [
      'hours that overlap',
      { mode: 'extra', hours: [...HOURS, { start: '11:59', end: '13:00' }] },
      invalid('hours_overlap', 'hours'),
    ],
    ['a body over 100 kB', { mode: 'x'.repeat(100_001), hours: [] }, [413, 'body_too_large']],
  ])('is refused of a date: %s', async (_, body, refused) => {
    expect(await answerTo(s, () => tutor.override('2030-03-05', body), refused)).toEqual(refused);
  });

  it.each<[string, string, Refused]>([
    ['a word', 'secret', malformed('date')],
    ['an instant', instant(5, 0), malformed('date')],
    ['a 30 February', '2030-02-30', malformed('date')],
    ['a day in short', '2030-3-5', malformed('date')],
    ['a year that we do not know', '1969-03-05', malformed('date')],
    ['a day that is over', '2030-02-28', invalid('date_out_of_range', 'date')],
    ['a day years ahead', '2035-03-20', invalid('date_out_of_range', 'date')],
  ])('is refused as a date: %s', async (_, date, refused) => {
    const body = { mode: 'extra', hours: HOURS };
    expect(await answerTo(s, () => tutor.override(date, body), refused)).toEqual(refused);
    const [status, ...words] = refused;
    const unknown: Refused = status === 422 ? [404, 'override_not_found'] : [status, ...words];
    expect(await answerTo(s, () => tutor.overrides(`/${date}`), unknown)).toEqual(unknown);
    expect(await answerTo(s, () => tutor.forget(date), unknown)).toEqual(unknown);
  });

  it('is refused when the hours of a date give more than 96 lessons', async () => {
    const steps = await s.tutor();
    await steps.change({ lesson_minutes: 15, start_step_minutes: 5 });
    const hours = (until: string) => ({
      mode: 'extra',
      hours: [
        { start: '00:00', end: until },
        { start: '12:00', end: '12:15' },
      ],
    });
    expect(await steps.override('2030-03-05', hours('08:05'))).toMatchObject({
      status: 200,
      body: { slots: { count: 96 } },
    });
    const refused = invalid('too_many_lessons', 'hours');
    expect(await answerTo(s, () => steps.override('2030-03-05', hours('08:10')), refused)).toEqual(refused);
  });

  it('is refused when a tutor has overrides for 366 dates', async () => {
    const busy = await s.tutor();
    await s.source.query(
      `insert into date_overrides
       select gen_random_uuid(), $1, date '2030-03-10' + n, 'UTC', 'instead', '[]', null, null, null, now(), now()
         from generate_series(1, 366) as n`,
      [busy.id],
    );
    const refused = invalid('too_many_overrides');
    const body = { mode: 'extra', hours: HOURS };
    expect(await answerTo(s, () => busy.override('2030-03-05', body), refused)).toEqual(refused);
    expect(await busy.override('2030-03-11', body)).toMatchObject({ status: 200 });
    expect((await busy.overrides()).body.items).toHaveLength(366);
  });
});
