import type { PersonId } from '@scheduling/domain';
import { SeriesConflict } from '../src/series/series.errors.ts';
import { FRIDAYS, type SeriesScenario, seriesScenario } from './series.scenario.ts';

/** The horizon lies behind the second Friday at first, and behind the third later. */
const [NEAR, FAR] = ['2030-03-16T00:00:00.000Z', '2030-03-23T00:00:00.000Z'];

describe('of a series', () => {
  let s: SeriesScenario;
  beforeEach(async () => (s = await seriesScenario()));
  afterEach(() => s.end());

  const stated = async (tutor: PersonId) =>
    (await s.statedOf(tutor)).filter(([name]) => name.startsWith('Series')).map(([name, data]) => ({ name, ...data }));

  it('is stated, once, what became of each date: booked, skipped or planned', async () => {
    const { tutor, slot } = await s.teach({ starts: FRIDAYS.slice(0, 2), horizon: NEAR });
    const student = s.person();
    const [, second] = await s.slotsOf(tutor);
    await s.book(second!);
    const made = await s.make(student, slot, { ends: { count: 3 }, onConflict: 'skip' });
    expect(await stated(tutor)).toEqual([
      {
        name: 'SeriesBooked',
        series_id: made.series_id,
        tutor_id: tutor,
        student_id: student,
        timezone: 'Europe/Kyiv',
        price_cents: 2500,
        currency: 'USD',
        payment_method: 'credit',
        dates: [
          {
            number: 1,
            start_at: FRIDAYS[0],
            status: 'booked',
            code: null,
            booking_id: made.dates[0]!.booking!.booking_id,
          },
          { number: 2, start_at: FRIDAYS[1], status: 'skipped', code: 'slot_booked', booking_id: null },
          { number: 3, start_at: FRIDAYS[2], status: 'planned', code: null, booking_id: null },
        ],
      },
    ]);
  });

  it('is stated when a lesson really is, where it is another time than by the rule', async () => {
    const beside = '2030-03-15T15:00:00.000Z';
    const { tutor, slot } = await s.teach({ starts: [FRIDAYS[0]!, FRIDAYS[1]!, beside] });
    await s.book((await s.slotsOf(tutor))[1]!);
    await s.make(s.person(), slot, { ends: { count: 2 }, onConflict: 'nearest' });
    const [{ dates }] = (await stated(tutor)) as unknown as [{ dates: object[] }];
    expect(dates[1]).toMatchObject({ start_at: beside, status: 'booked', code: 'slot_booked' });
  });

  it('is stated nothing where it is refused', async () => {
    const { tutor, slot } = await s.teach();
    await s.book((await s.slotsOf(tutor))[1]!);
    await expect(s.make(s.person(), slot)).rejects.toThrow(SeriesConflict);
    expect(await stated(tutor)).toEqual([]);
  });

  it('is stated which later date comes to nothing, and why', async () => {
    const { tutor, slot } = await s.teach({ starts: FRIDAYS.slice(0, 2), horizon: NEAR });
    const student = s.person();
    const made = await s.make(student, slot, { ends: { count: 3 } });
    await s.teach({ tutor, starts: FRIDAYS.slice(0, 3), horizon: FAR, price: 2501 });
    await s.settle();
    expect((await stated(tutor))[1]).toEqual({
      name: 'SeriesDatesSkipped',
      series_id: made.series_id,
      tutor_id: tutor,
      student_id: student,
      dates: [{ number: 3, start_at: FRIDAYS[2], code: 'price_rose' }],
    });
  });

  it('is stated, once, which date its tutor has never offered in time', async () => {
    const { tutor, slot } = await s.teach({ starts: FRIDAYS.slice(0, 2), horizon: NEAR });
    const made = await s.make(s.person(), slot, { ends: { count: 4 } });
    await s.source.query('update schedules set minimum_notice_minutes = 600 where tutor_id = $1', [tutor]);
    const begins = Date.parse(FRIDAYS[2]!) - 600 * 60_000;
    s.goTo(new Date(begins + 300_000).toISOString());
    expect(await s.giveUp()).toBe(0);
    s.goTo(new Date(begins + 300_001).toISOString());
    expect(await Promise.all([s.giveUp(), s.giveUp()]).then(([one, other]) => one + other)).toBe(1);
    expect(await s.giveUp()).toBe(0);
    expect((await stated(tutor)).slice(1)).toMatchObject([
      { name: 'SeriesDatesSkipped', dates: [{ number: 3, start_at: FRIDAYS[2], code: 'not_offered' }] },
    ]);
    expect((await s.outcomes(made)).slice(2)).toEqual(['skipped: not_offered', 'planned']);
  });
});
