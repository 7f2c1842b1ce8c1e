import type { PersonId } from '@scheduling/domain';
import { BookingNotActive, BookingNotFound } from '../src/bookings/bookings.errors.ts';
import { SeriesNotFound } from '../src/series/series.errors.ts';
import { type SeriesScenario, seriesScenario } from './series.scenario.ts';

describe('a series that is canceled', () => {
  let s: SeriesScenario;
  beforeEach(async () => (s = await seriesScenario()));
  afterEach(() => s.end());

  /** A paid lesson on 8 March, three that are not paid for yet, and one date that is planned. */
  const made = async (student: PersonId = s.person()) => {
    const { tutor, slot } = await s.teach({ horizon: '2030-04-02T00:00:00.000Z', starts: starts() });
    await s.grant(student, 2500);
    const series = await s.make(student, slot, { ends: { count: 5 } });
    s.goTo('2030-03-05T12:00:00Z');
    await s.charge();
    const [paid, second, third, fourth] = s.lessons(series);
    return { tutor, slot, student, series, paid: paid!, second: second!, third: third!, fourth: fourth! };
  };
  const starts = () => ['03-08T12', '03-15T12', '03-22T12', '03-29T12'].map((hour) => `2030-${hour}:00:00.000Z`);

  it('loses one lesson alone, and its money comes back by its policy', async () => {
    const { student, series, paid } = await made();
    await s.cancelSeries(student, series.series_id, { scope: 'one', bookingId: paid });
    expect(await s.outcomes(series)).toEqual([
      'refunded',
      'pending_payment',
      'pending_payment',
      'pending_payment',
      'planned',
    ]);
    expect(await s.balance(student)).toBe(2500);
  });

  it('loses a lesson and whatever follows', async () => {
    const { tutor, student, series, second } = await made();
    const canceled = await s.cancelSeries(student, series.series_id, { scope: 'following', bookingId: second });
    expect(canceled).toEqual(await s.find(student, series.series_id));
    expect(await s.outcomes(series)).toEqual(['confirmed', 'canceled', 'canceled', 'canceled', 'canceled']);
    expect(await s.listed(tutor)).toHaveLength(3);
    expect(await s.balance(student)).toBe(0);
  });

  it('loses all that is left, and nothing that was', async () => {
    const { tutor, student, series } = await made();
    s.goTo('2030-03-08T12:00:00Z');
    await s.cancelSeries(student, series.series_id, { scope: 'all' });
    const after = ['confirmed', 'canceled', 'canceled', 'canceled', 'canceled'];
    expect(await s.outcomes(series)).toEqual(after);
    const stated = (await s.statedOf(tutor)).filter(([name]) => name === 'BookingCanceled');
    expect(stated.map(([, data]) => [data['canceled_by'], data['cause'], data['reason']])).toEqual(
      Array.from({ length: 3 }, () => [student, 'person', 'moved away']),
    );
    await s.cancelSeries(student, series.series_id, { scope: 'all' });
    expect((await s.statedOf(tutor)).filter(([name]) => name === 'BookingCanceled')).toHaveLength(3);
  });

  it('gives nothing back of a lesson that it is too late for, while the others are free', async () => {
    const { student, series } = await made();
    s.goTo('2030-03-08T11:59:00Z');
    await s.cancelSeries(student, series.series_id, { scope: 'all' });
    expect(await s.outcomes(series)).toEqual(['canceled', 'canceled', 'canceled', 'canceled', 'canceled']);
    expect(await s.balance(student)).toBe(0);
  });

  it('by its tutor gives all back, and offers none of the times again', async () => {
    const { tutor, student, series } = await made();
    s.goTo('2030-03-08T11:59:00Z');
    await s.cancelSeries(tutor, series.series_id, { scope: 'all' });
    expect(await s.balance(student)).toBe(2500);
    expect(await s.listed(tutor)).toEqual([]);
  });

  it('is left as it is by anybody else', async () => {
    const { series, paid } = await made();
    const other = await made();
    const all = { scope: 'all' } as const;
    await expect(s.cancelSeries(s.person(), series.series_id, all)).rejects.toThrow(SeriesNotFound);
    await expect(s.cancelSeries(other.student, series.series_id, all)).rejects.toThrow(SeriesNotFound);
    await expect(
      s.cancelSeries(other.student, other.series.series_id, { scope: 'one', bookingId: paid }),
    ).rejects.toThrow(BookingNotFound);
    expect((await s.outcomes(series))[0]).toBe('confirmed');
  });

  it('loses a lesson by the ordinary way too, paid for or not', async () => {
    const { student, series, paid, second } = await made();
    await s.cancel(student, paid);
    await s.cancel(student, second);
    expect(await s.outcomes(series)).toEqual(['refunded', 'canceled', 'pending_payment', 'pending_payment', 'planned']);
    expect(await s.balance(student)).toBe(2500);
    expect(await s.source.query('select kind from transfers where booking_id = $1', [second])).toEqual([]);
  });

  it('keeps a lesson that is over, which alone cannot be canceled', async () => {
    const { student, series, paid } = await made();
    await s.source.query("update bookings set status = 'completed' where id = $1", [paid]);
    await expect(s.cancelSeries(student, series.series_id, { scope: 'one', bookingId: paid })).rejects.toThrow(
      BookingNotActive,
    );
    await s.cancelSeries(student, series.series_id, { scope: 'all' });
    expect((await s.outcomes(series))[0]).toBe('completed');
  });
});
